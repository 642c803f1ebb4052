"""The stand-in bank: behaves as Paybox does, signs with its own keys. Development only; the shop never imports it."""
