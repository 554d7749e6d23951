"""One module a source: each reads its files under the data folder and returns a `Harvest`."""
