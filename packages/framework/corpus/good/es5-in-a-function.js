(function () {
	"use strict";
	var origin = "https://crm.example.com";
	var answers = {};
	function send(type, data) {
		window.parent.postMessage(JSON.stringify({ type: type, data: data }), origin);
	}
	window.addEventListener("message", function (event) {
		if (event.origin !== origin) {
			return;
		}
		var message;
		try {
			message = JSON.parse(event.data);
		} catch (error) {
			return;
		}
		switch (message.type) {
			case "clickToDial":
				window.PureCloud.clickToDial(message.data);
				break;
			case "processCallLogCompleted":
				if (answers[message.data.interactionId]) answers[message.data.interactionId]({ id: message.data.callLogId });
				break;
		}
	});
	window.Framework = {
		config: {
			name: "Acme",
			clientIds: { "mypurecloud.com": "a1", "euw2.pure.cloud ": "" },
			customInteractionAttributes: ["PT_URLPop", "PT_SearchValue"],
			settings: { embedWebRTCByDefault: true, enableCallLogs: true, searchTargets: ["people", "queues"] },
		},
		initialSetup: function () {
			window.PureCloud.subscribe([
				{
					type: "Interaction",
					callback: function (category, interaction) {
						send("interactionSubscription", { category: category, interaction: interaction });
					},
				},
			]);
		},
		screenPop: function (searchString, interaction) {
			send("screenPop", { searchString: searchString, interactionId: interaction });
		},
		processCallLog: function (callLog, interaction, eventName, onSuccess, onFailure) {
			answers[interaction.id] = onSuccess;
			send("processCallLog", { callLog: callLog, interactionId: interaction, eventName: eventName });
		},
		openCallLog: function (callLog, interaction) {
			send("openCallLog", { callLog: callLog, interaction: interaction });
		},
	};
})();
