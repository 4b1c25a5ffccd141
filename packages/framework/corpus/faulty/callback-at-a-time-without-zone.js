window.Framework = {
	config: { name: "Acme", clientIds: {} },
	async callBack(interaction, queueId) {
		const at = "2027-01-04T09:00:00";
		const wish = { queueId, number: interaction.phone, at };
		await window.PureCloud.Inlay.request("scheduleCallback", wish); //! inlay.request.invalid
	},
};
