dist_doc_DATA += \
	%D%/architecture.txt \
	%D%/build-systems.txt \
	%D%/hacking.txt \
	%D%/operating.txt \
	%D%/protocol.txt \
	%D%/statistics.txt
