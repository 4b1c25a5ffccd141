/* Everything is called by way of a function that keeps what it throws. */
(function (window) {
	var trusted = "https://acme.lightning.force.com";
	var searches = {};
	function safely(fn) {
		return function () {
			try {
				return fn.apply(this, arguments);
			} catch (error) {
				console.error(error);
			}
		};
	}
	var timed = (fn) => (...args) => {
		console.time("call");
		return fn(...args);
	};
	function send(type, data) {
		window.parent.postMessage(JSON.stringify({ type: type, data: data }), trusted);
	}
	window.Framework = {
		config: {
			name: "wrapped",
			clientIds: { "mypurecloud.com": "11111111-1111-4111-8111-111111111111" },
			settings: { enableCallLogs: true, searchTargets: ["people", "frameworkContacts"] },
		},
		initialSetup: safely(function () {
			window.addEventListener(
				"message",
				safely(function (event) {
					if (event.origin !== trusted) return;
					var message = JSON.parse(event.data);
					if (searches[message.seq]) searches[message.seq](message.contacts);
				}),
			);
		}),
		processCallLog: safely(function (callLog, interaction, eventName, onSuccess) {
			send("processCallLog", { callLog: callLog, interaction: interaction });
			onSuccess({ id: callLog.id || interaction.id });
		}),
		contactSearch: timed(function (value, onSuccess) {
			searches[value] = onSuccess;
			send("contactSearch", { searchString: value, seq: value });
		}),
	};
})(window);
