"""Renderers: they print what they are given, and compute nothing."""
