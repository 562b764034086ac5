--@ outbox
return out_enqueue(1) and 1 or 0
