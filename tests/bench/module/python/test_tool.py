import pytest
import tool


@pytest.mark.parametrize("number", range(50))
def test_adds(number):
    assert tool.add(number, 1) == number + 1


@pytest.mark.parametrize("number", range(50))
def test_doubles(number):
    assert tool.twice(list(range(number))) == [2 * at for at in range(number)]


@pytest.mark.parametrize("number", range(50))
def test_counts(number):
    counter = tool.Counter()
    counter.up()
    assert counter.up(number) == number + 1
    assert counter.count == number + 1


@pytest.mark.parametrize("number", range(50))
def test_fails_well(number):
    with pytest.raises(TypeError):
        tool.add(number, "x")
