window.Framework = {
	config: { name: "Acme", clientIds: {}, settings: { enableCallLogs: true } },
	processCallLog: function (callLog, interaction) { //! calllog.unanswered
		localStorage.setItem("log-" + interaction.id, JSON.stringify(callLog));
	},
};
