/// <reference types="@inlay/framework/globals" />
/*
 * A framework.js to start from: it joins the panel to the page that embeds it, by JSON messages of the form
 * {"type": …, "data": …}. Fill in clientIds, upload the file in the integration's configuration, and answer the messages
 * in your page (see framework-contract 9 for the vocabulary).
 *
 * The page may say who it is by ?crm_domain=https://your-crm.example in the panel's address; otherwise the browser tells.
 * Messages go to that origin only and are taken from it only.
 */
(() => {
	const hostOrigin = findHostOrigin();
	/** Answers that the page still owes, by interaction id. */
	const logAnswers = new Map();
	let contactAnswer;

	window.Framework = {
		config: {
			name: "Inlay sample",
			// The key is this server's region or host name; the value is the id of the OAuth client for the panel.
			clientIds: {},
			customInteractionAttributes: ["PT_URLPop", "PT_SearchValue", "PT_TransferContext"],
			settings: {
				embedWebRTCByDefault: true,
				enableCallLogs: true,
				enableTransferContext: true,
				enableCallHistory: true,
				searchTargets: ["people", "queues", "frameworkContacts"],
				callControls: [
					"pickup",
					"hold",
					"mute",
					"transfer",
					"disconnect",
					"record",
					"securePause",
					"dtmf",
					"scheduleCallback",
					"flag",
					"requestAfterCallWork",
				],
				display: {
					interactionDetails: {
						call: ["framework.DisplayAddress", "call.QueueName", "framework.CallTimeElapsed"],
					},
				},
			},
			getUserLanguage(callback) {
				callback(new URLSearchParams(window.location.search).get("userLanguage") || navigator.language);
			},
		},

		initialSetup() {
			window.PureCloud.subscribe([
				{
					type: "Interaction",
					callback: (category, data) => send("interactionSubscription", { category, interaction: data }),
				},
				{ type: "UserAction", callback: (category, data) => send("userActionSubscription", { category, data }) },
				{ type: "Notification", callback: (category, data) => send("notificationSubscription", { category, data }) },
				// Inlay tells by name only what was asked for and not done: {action, code, message}.
				{
					type: "Notification",
					categories: ["actionRefused"],
					callback: (category, data) => send("notificationSubscription", { category, data }),
				},
			]);
			send("initialSetup", {});
		},

		// Pages that people already have read the interaction under "interactionId"; newer ones under "interaction".
		screenPop(searchString, interaction) {
			send("screenPop", { searchString, interactionId: interaction, interaction });
		},

		processCallLog(callLog, interaction, eventName, onSuccess, onFailure) {
			logAnswers.set(interaction.id, { onSuccess, onFailure });
			send("processCallLog", { callLog, interactionId: interaction, interaction, eventName });
		},

		openCallLog(callLog, interaction) {
			send("openCallLog", { callLog, interactionId: interaction, interaction });
		},

		contactSearch(searchString, onSuccess, onFailure) {
			contactAnswer = { onSuccess, onFailure };
			send("contactSearch", { searchString });
		},
	};

	const actions = {
		clickToDial: (data) => window.PureCloud.clickToDial(data),
		addAssociation: (data) => window.PureCloud.addAssociation(data),
		addTransferContext: (data) => window.PureCloud.addTransferContext(data),
		addAttribute: (data) => window.PureCloud.addCustomAttributes(data),
		updateUserStatus: (data) => window.PureCloud.User.updateStatus(data),
		updateInteractionState: (data) => window.PureCloud.Interaction.updateState(data),
		setView: (data) => window.PureCloud.User.setView(data),
		updateAudioConfiguration: (data) => window.PureCloud.User.Notification.setAudioConfiguration(data),
		sendCustomNotification: (data) => window.PureCloud.User.Notification.notifyUser(data),
		getTranscript: (data) =>
			window.PureCloud.Interaction.Chat.getTranscript({
				interactionId: data.interactionId,
				callback: (transcript) => send("chatTranscript", { transcript, interactionId: data.interactionId }),
			}),
		sendContactSearch: (data) => {
			if (Array.isArray(data)) contactAnswer?.onSuccess(data);
			else contactAnswer?.onFailure([]);
		},
		processCallLogCompleted: (data) => {
			const answer = logAnswers.get(data.interactionId || data.interaction?.id);
			if (data.callLogId) answer?.onSuccess({ id: data.callLogId });
			else answer?.onFailure();
		},
	};

	window.addEventListener("message", (event) => {
		if (event.source !== window.parent || event.origin !== hostOrigin) return;
		const message = parse(event.data);
		if (message && Object.hasOwn(actions, message.type)) actions[message.type](message.data ?? {});
	});

	/** Without a known page, nothing is sent at all. */
	function send(type, data) {
		if (hostOrigin) window.parent.postMessage(JSON.stringify({ type, data }), hostOrigin);
	}

	function parse(text) {
		try {
			return JSON.parse(text);
		} catch {
			return undefined;
		}
	}

	/**
	 * Coming back from the sign-in page, the referrer is no longer the page's: then the browser's own list of embedding
	 * origins counts, or, where it has none, what the referrer was before.
	 */
	function findHostOrigin() {
		const named = [
			new URLSearchParams(window.location.search).get("crm_domain"),
			window.location.ancestorOrigins?.[0],
			document.referrer,
			remembered(),
		];
		const found = named.map(originOf).find((origin) => origin && origin !== window.location.origin);
		remembered(found);
		return found;
	}

	/** Reads what the last visit has found, or keeps it; a browser may refuse storage to frames. */
	function remembered(origin) {
		try {
			if (origin) window.sessionStorage.setItem("host-origin", origin);
			return window.sessionStorage.getItem("host-origin");
		} catch {
			return undefined;
		}
	}

	function originOf(address) {
		try {
			return new URL(address).origin;
		} catch {
			return undefined;
		}
	}
})();
