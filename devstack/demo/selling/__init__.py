"""People and a year of orders, made through the shop's own services so that every amount and state is a true one."""
