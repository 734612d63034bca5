"""Figures mapped to the taxonomy of Đề án 06, with period, place, numerator and denominator."""
