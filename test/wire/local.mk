# Raw sockets against either program; Python's standard library is enough.
WIRE_TESTS = \
	%D%/test_client_memory.py \
	%D%/test_daemon_memory.py \
	%D%/test_golden_reply.py \
	%D%/test_golden_request.py \
	%D%/test_hostile_reply.py \
	%D%/test_hostile_request.py \
	%D%/test_hostile_pump.py \
	%D%/test_limits.py \
	%D%/test_mutated_reply.py \
	%D%/test_mutated_request.py \
	%D%/test_proxy.py \
	%D%/test_pump.py \
	%D%/test_slow_request.py \
	%D%/test_unfair_clients.py

TESTS += $(WIRE_TESTS)
EXTRA_DIST += $(WIRE_TESTS) \
	%D%/compile_job.py \
	%D%/lzo.py \
	%D%/mutate.py \
	%D%/peer.py \
	%D%/pump_job.py \
	%D%/under_test.py
