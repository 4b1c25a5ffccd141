class Bridge {
	#seen = new Map();

	constructor(name) {
		this.config = { name, clientIds: {}, settings: { enableCallLogs: true } };
	}

	initialSetup() {
		window.PureCloud.subscribe([{ type: "Interaction", callback: (category, data) => this.heard(category, data) }]);
		window.PureCloud.subscribe([{ type: "UserAction", callback: this.status.bind(this) }]);
	}

	heard(category, data) {
		const interaction = category === "change" ? data.new : data;
		if (interaction) this.#seen.set(interaction.id, interaction);
	}

	status(category, data) {
		if (category === "status") this.config.lastStatus = data.status;
	}

	async processCallLog(callLog, interaction, eventName, onSuccess, onFailure) {
		try {
			const answer = await fetch("https://crm.example.com/api/logs", {
				method: "POST",
				body: JSON.stringify({ callLog, interaction, eventName }),
			});
			if (!answer.ok) throw new Error(`The CRM answered ${answer.status}`);
			onSuccess({ id: (await answer.json()).id });
		} catch {
			onFailure();
		}
	}
}
window.Framework = new Bridge("Acme");
