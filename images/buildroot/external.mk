include $(sort $(wildcard $(BR2_EXTERNAL_OTEVRENE_MESTO_PATH)/package/*/*.mk))
