"""How pages look and speak: design tokens, base pages, components, forms and scripts."""
