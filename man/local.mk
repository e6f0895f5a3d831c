dist_man_MANS += %D%/distcc.1 %D%/distccd.1 %D%/distcc-agent.1 %D%/pump.1 \
	%D%/update-distcc-symlinks.1
