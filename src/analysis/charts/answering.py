"""How charts answer a pointer: each mark tells one text, the series pointed at or kept in the legend stands out."""

import altair as alt

# One text of the codebook's words, ready made: a list of fields would show their English names in JupyterLab.
TOLD = alt.Tooltip("told:N")
FAINT = 0.3  # how opaque the series are that do not stand out

_POINTED = {"param": "pointed"}
_OUTSTANDING = {"or": [_POINTED | {"empty": False}, {"and": [_POINTED, {"param": "kept"}]}]}


def answering(layers: list[alt.Chart], *, by: str, legend: bool = False) -> list[alt.Chart]:
    """`layers` that answer by series, the field `by`; its `legend` keeps those clicked. Untouched, all stand out.

    What bears no series, as a rule or the mark of a gap, stays as it is: a pointer on it changes nothing.
    """
    # Vega's interpreter knows no plain `datum` here.
    within = f"event.item && event.item.datum && event.item.datum.{by}"
    pointed = alt.selection_point(name="pointed", fields=[by], on=f"pointerover[{within}]", clear="pointerout")
    kept = alt.selection_point(name="kept", fields=[by], bind="legend" if legend else alt.Undefined, toggle="true")
    shown = alt.OpacityValue(FAINT, condition={"test": _OUTSTANDING, "value": 1})
    first, *others = [layer.encode(opacity=shown) for layer in layers]
    return [first.properties(name="series").add_params(pointed, kept), *others]


def outstanding(field: str, otherwise: str) -> alt.ColorValue:
    """The colour that `field` holds for what stands out, for all else the colour `otherwise`."""
    shown = {"test": _OUTSTANDING, "field": field, "type": "nominal", "scale": None}
    return alt.ColorValue(otherwise, condition=shown)
