"""What an alternative means for visits, space, money and time: pages and files of `luukku.plan.impact`."""
