"""The words of govmodel: frozen data, no logic beyond look-ups."""
