dist_doc_DATA += \
	%D%/architecture.txt \
	%D%/hacking.txt \
	%D%/protocol.txt
