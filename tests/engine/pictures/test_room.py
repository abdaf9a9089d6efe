import numpy as np

from engine.pictures.room import EMPTY, boxes, clearance, within

PLACES = np.array([[0.0, 0.0], [50.0, 0.0]])


def test_boxes_that_touch_have_clearance_one() -> None:
    assert clearance(boxes(PLACES[:1], 20, 5), boxes(PLACES[1:], 30, 5)).tolist() == [1.0]


def test_nothing_taken_leaves_all_the_room() -> None:
    assert np.isinf(clearance(boxes(PLACES, 10, 10), EMPTY)).all()


def test_a_box_over_an_edge_is_not_within() -> None:
    assert within(boxes(PLACES, 10, 10), -10, -10, 60, 20).tolist() == [True, False]
