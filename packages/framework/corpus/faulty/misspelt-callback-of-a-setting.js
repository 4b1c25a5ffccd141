window.Framework = {
	config: {
		name: "typo",
		clientIds: { "mypurecloud.com": "11111111-1111-4111-8111-111111111111" },
		settings: { enableCallLogs: true },
	},
	processCallLogs(callLog, interaction, eventName, onSuccess) { //! key.misspelt
		onSuccess({ id: callLog.id || interaction.id });
	},
};
