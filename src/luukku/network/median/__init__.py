"""Best access, the p-median: least person-minutes with so many points. The doors are `solve` and `uncapped`."""
