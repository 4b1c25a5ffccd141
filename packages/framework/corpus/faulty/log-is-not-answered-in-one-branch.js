window.Framework = {
	config: { name: "Acme", clientIds: {}, settings: { enableCallLogs: true } },
	processCallLog(callLog, interaction, eventName, onSuccess) {
		if (eventName === "interactionDisconnected") {
			if (callLog.notes) onSuccess({ id: interaction.id });
			else {
				console.log("nothing to save");
			} //! calllog.unanswered
		} else {
			onSuccess({ id: interaction.id });
		}
	},
};
