"""What to build, building it, and the pages: executed notebook in, one offline HTML file out, and an index of all."""
