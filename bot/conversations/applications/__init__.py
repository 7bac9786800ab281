"""Applications to outside funders, as people talk of them."""
