window.Framework = {
	config: { name: "Acme", clientIds: {}, settings: { enableCallLogs: true } },
	processCallLog: function (callLog, interaction, eventName, onSuccess, onFailure) {
		if (eventName === "interactionDisconnected") { //! calllog.unanswered
			localStorage.setItem(interaction.id, JSON.stringify(callLog));
			onSuccess({ id: interaction.id });
		}
	},
};
