"""What every other part may lean on: errors, words, fields, registers, time, masking."""
