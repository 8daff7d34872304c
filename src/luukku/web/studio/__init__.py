"""The planner's map: plans as alternatives, solved in the background and changed by a click."""
