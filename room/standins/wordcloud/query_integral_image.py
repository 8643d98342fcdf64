"""Stands in for the one compiled function of wordcloud; the same seed gives the same place."""

import numpy as np


def query_integral_image(integral_image, size_x, size_y, random_state):
    """A place where nothing stands yet on ``size_x`` by ``size_y``, as (x, y); None if none."""
    image = np.asarray(integral_image)
    x, y = image.shape[0] - size_x, image.shape[1] - size_y
    if x <= 0 or y <= 0:
        return None
    area = image[:x, :y] + image[size_x:, size_y:]
    free = np.flatnonzero(area == image[:x, size_y:] + image[size_x:, :y])
    if not len(free):
        return None
    goal = random_state.randint(0, len(free))  # of 0 to len(free): 0 finds no place
    return divmod(int(free[goal - 1]), y) if goal else None
