window.Framework = {
	config: { name: "Acme", clientIds: {}, settings: { enableCallLogs: true } },
	processCallLog(callLog, interaction, eventName, onSuccess) {
		localStorage.setItem(interaction.id, callLog.notes);
		onSuccess;
	}, //! calllog.unanswered
};
