"""The mailbox: a real SMTP server whose mails never leave the machine, and pages to read them. Development only."""
