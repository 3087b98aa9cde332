"""Derivatives, integrals and expectations, by the tables of the ledger."""
