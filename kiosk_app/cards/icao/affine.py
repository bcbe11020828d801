"""Arithmetic of affine points on y² = x³ + ax + b over a prime field; knows no named curve."""

from dataclasses import dataclass

Affine = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Equation:
    """A curve: the prime of its field and its coefficients, both in the field."""

    prime: int
    a: int
    b: int

    def add(self, one: Affine, other: Affine) -> Affine | None:
        """Add two points; None is infinity."""
        (x1, y1), (x2, y2), p = one, other, self.prime
        if x1 == x2 and (y1 + y2) % p == 0:
            return None
        if one == other:
            slope = (3 * x1 * x1 + self.a) * pow(2 * y1, -1, p)
        else:
            slope = (y2 - y1) * pow(x2 - x1, -1, p)
        x3 = (slope * slope - x1 - x2) % p
        return x3, (slope * (x1 - x3) - y1) % p

    def recover(self, point: Affine, x: int, next_x: int) -> Affine:
        """Find the whole of k·point from the x coordinates of k·point and (k+1)·point.

        The formula is that of Brier and Joye, "Weierstraß Elliptic Curves and Side-Channel
        Attacks" (2002).
        """
        (base_x, base_y), p = point, self.prime
        top = 2 * self.b + (self.a + base_x * x) * (base_x + x) - next_x * (base_x - x) ** 2
        return x, top * pow(2 * base_y, -1, p) % p
