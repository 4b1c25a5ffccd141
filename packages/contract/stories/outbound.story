# Anna calls
{
	"id": "id-3",
	"inlayStartTime": "2026-01-05T09:00:00.000Z",
	"maxParticipants": 6,
	"participants": [
		{
			"id": "id-1",
			"purpose": "agent",
			"name": "Anna",
			"userId": "anna",
			"queueId": "support",
			"wrapupRequired": true,
			"wrapupPrompt": "mandatory",
			"mediaRoles": [
				"full"
			],
			"attributes": {},
			"wrapupExpected": true,
			"conversationRoutingData": {
				"queue": {
					"id": "support"
				},
				"priority": 0,
				"skills": [],
				"scoredAgents": []
			},
			"calls": [
				{
					"id": "id-2",
					"state": "contacting",
					"initialState": "contacting",
					"direction": "outbound",
					"held": false,
					"provider": "test",
					"recording": false,
					"recordingState": "none",
					"muted": false,
					"confined": false,
					"securePause": false,
					"self": {
						"name": "Anna",
						"nameRaw": "Anna"
					},
					"other": {
						"addressNormalized": "+49305550101",
						"addressRaw": "+49305550101",
						"addressDisplayable": "+49305550101"
					},
					"afterCallWorkRequired": true,
					"recordersState": {
						"adhocState": "none",
						"customerExperienceState": "none",
						"agentExperienceState": "none",
						"snippetState": "none"
					}
				}
			]
		}
	],
	"recentTransfers": [],
	"recordingState": "NONE",
	"securePause": false,
	"divisions": [
		{
			"division": {
				"id": "home"
			},
			"entities": []
		}
	]
}

# Anna's phone is on
{
	"id": "id-3",
	"inlayStartTime": "2026-01-05T09:00:00.000Z",
	"maxParticipants": 6,
	"participants": [
		{
			"id": "id-1",
			"purpose": "agent",
			"name": "Anna",
			"userId": "anna",
			"queueId": "support",
			"wrapupRequired": true,
			"wrapupPrompt": "mandatory",
			"mediaRoles": [
				"full"
			],
			"attributes": {},
			"wrapupExpected": true,
			"conversationRoutingData": {
				"queue": {
					"id": "support"
				},
				"priority": 0,
				"skills": [],
				"scoredAgents": []
			},
			"calls": [
				{
					"id": "id-2",
					"state": "dialing",
					"initialState": "contacting",
					"direction": "outbound",
					"held": false,
					"provider": "test",
					"recording": false,
					"recordingState": "none",
					"muted": false,
					"confined": false,
					"securePause": false,
					"self": {
						"name": "Anna",
						"nameRaw": "Anna"
					},
					"other": {
						"addressNormalized": "+49305550101",
						"addressRaw": "+49305550101",
						"addressDisplayable": "+49305550101"
					},
					"afterCallWorkRequired": true,
					"peerId": "id-5",
					"recordersState": {
						"adhocState": "none",
						"customerExperienceState": "none",
						"agentExperienceState": "none",
						"snippetState": "none"
					}
				}
			]
		},
		{
			"id": "id-4",
			"purpose": "external",
			"address": "+49305550101",
			"wrapupRequired": false,
			"mediaRoles": [
				"full"
			],
			"attributes": {},
			"wrapupExpected": false,
			"calls": [
				{
					"id": "id-5",
					"state": "dialing",
					"initialState": "dialing",
					"direction": "outbound",
					"held": false,
					"provider": "test",
					"recording": false,
					"recordingState": "none",
					"muted": false,
					"confined": false,
					"securePause": false,
					"self": {
						"addressNormalized": "+49305550101",
						"addressRaw": "+49305550101",
						"addressDisplayable": "+49305550101"
					},
					"other": {
						"name": "Anna",
						"nameRaw": "Anna"
					},
					"afterCallWorkRequired": false,
					"peerId": "id-2",
					"recordersState": {
						"adhocState": "none",
						"customerExperienceState": "none",
						"agentExperienceState": "none",
						"snippetState": "none"
					}
				}
			]
		}
	],
	"recentTransfers": [],
	"recordingState": "NONE",
	"securePause": false,
	"divisions": [
		{
			"division": {
				"id": "home"
			},
			"entities": []
		}
	]
}

# the far end answers
{
	"id": "id-3",
	"inlayStartTime": "2026-01-05T09:00:00.000Z",
	"maxParticipants": 6,
	"participants": [
		{
			"id": "id-1",
			"purpose": "agent",
			"name": "Anna",
			"userId": "anna",
			"queueId": "support",
			"wrapupRequired": true,
			"wrapupPrompt": "mandatory",
			"mediaRoles": [
				"full"
			],
			"attributes": {},
			"connectedTime": "2026-01-05T09:00:10.000Z",
			"wrapupExpected": true,
			"conversationRoutingData": {
				"queue": {
					"id": "support"
				},
				"priority": 0,
				"skills": [],
				"scoredAgents": []
			},
			"calls": [
				{
					"id": "id-2",
					"state": "connected",
					"initialState": "contacting",
					"direction": "outbound",
					"held": false,
					"provider": "test",
					"recording": false,
					"recordingState": "none",
					"muted": false,
					"confined": false,
					"securePause": false,
					"self": {
						"name": "Anna",
						"nameRaw": "Anna"
					},
					"other": {
						"addressNormalized": "+49305550101",
						"addressRaw": "+49305550101",
						"addressDisplayable": "+49305550101"
					},
					"afterCallWorkRequired": true,
					"connectedTime": "2026-01-05T09:00:10.000Z",
					"peerId": "id-5",
					"recordersState": {
						"adhocState": "none",
						"customerExperienceState": "none",
						"agentExperienceState": "none",
						"snippetState": "none"
					}
				}
			]
		},
		{
			"id": "id-4",
			"purpose": "external",
			"address": "+49305550101",
			"wrapupRequired": false,
			"mediaRoles": [
				"full"
			],
			"attributes": {},
			"connectedTime": "2026-01-05T09:00:10.000Z",
			"wrapupExpected": false,
			"calls": [
				{
					"id": "id-5",
					"state": "connected",
					"initialState": "dialing",
					"direction": "outbound",
					"held": false,
					"provider": "test",
					"recording": false,
					"recordingState": "none",
					"muted": false,
					"confined": false,
					"securePause": false,
					"self": {
						"addressNormalized": "+49305550101",
						"addressRaw": "+49305550101",
						"addressDisplayable": "+49305550101"
					},
					"other": {
						"name": "Anna",
						"nameRaw": "Anna"
					},
					"afterCallWorkRequired": false,
					"connectedTime": "2026-01-05T09:00:10.000Z",
					"peerId": "id-2",
					"recordersState": {
						"adhocState": "none",
						"customerExperienceState": "none",
						"agentExperienceState": "none",
						"snippetState": "none"
					}
				}
			]
		}
	],
	"recentTransfers": [],
	"recordingState": "NONE",
	"securePause": false,
	"divisions": [
		{
			"division": {
				"id": "home"
			},
			"entities": []
		}
	]
}

# Anna hangs up
{
	"id": "id-3",
	"inlayStartTime": "2026-01-05T09:00:00.000Z",
	"maxParticipants": 6,
	"participants": [
		{
			"id": "id-1",
			"purpose": "agent",
			"name": "Anna",
			"userId": "anna",
			"queueId": "support",
			"wrapupRequired": true,
			"wrapupPrompt": "mandatory",
			"mediaRoles": [
				"full"
			],
			"attributes": {},
			"connectedTime": "2026-01-05T09:00:10.000Z",
			"endTime": "2026-01-05T09:00:15.000Z",
			"startAcwTime": "2026-01-05T09:00:15.000Z",
			"wrapupExpected": true,
			"conversationRoutingData": {
				"queue": {
					"id": "support"
				},
				"priority": 0,
				"skills": [],
				"scoredAgents": []
			},
			"calls": [
				{
					"id": "id-2",
					"state": "disconnected",
					"initialState": "contacting",
					"direction": "outbound",
					"held": false,
					"provider": "test",
					"recording": false,
					"recordingState": "none",
					"muted": false,
					"confined": false,
					"securePause": false,
					"self": {
						"name": "Anna",
						"nameRaw": "Anna"
					},
					"other": {
						"addressNormalized": "+49305550101",
						"addressRaw": "+49305550101",
						"addressDisplayable": "+49305550101"
					},
					"afterCallWorkRequired": true,
					"connectedTime": "2026-01-05T09:00:10.000Z",
					"disconnectType": "client",
					"disconnectedTime": "2026-01-05T09:00:15.000Z",
					"afterCallWork": {
						"state": "pending",
						"startTime": "2026-01-05T09:00:15.000Z"
					},
					"peerId": "id-5",
					"recordersState": {
						"adhocState": "none",
						"customerExperienceState": "none",
						"agentExperienceState": "none",
						"snippetState": "none"
					}
				}
			]
		},
		{
			"id": "id-4",
			"purpose": "external",
			"address": "+49305550101",
			"wrapupRequired": false,
			"mediaRoles": [
				"full"
			],
			"attributes": {},
			"connectedTime": "2026-01-05T09:00:10.000Z",
			"endTime": "2026-01-05T09:00:15.000Z",
			"wrapupExpected": false,
			"calls": [
				{
					"id": "id-5",
					"state": "disconnected",
					"initialState": "dialing",
					"direction": "outbound",
					"held": false,
					"provider": "test",
					"recording": false,
					"recordingState": "none",
					"muted": false,
					"confined": false,
					"securePause": false,
					"self": {
						"addressNormalized": "+49305550101",
						"addressRaw": "+49305550101",
						"addressDisplayable": "+49305550101"
					},
					"other": {
						"name": "Anna",
						"nameRaw": "Anna"
					},
					"afterCallWorkRequired": false,
					"connectedTime": "2026-01-05T09:00:10.000Z",
					"disconnectType": "peer",
					"disconnectedTime": "2026-01-05T09:00:15.000Z",
					"peerId": "id-2",
					"recordersState": {
						"adhocState": "none",
						"customerExperienceState": "none",
						"agentExperienceState": "none",
						"snippetState": "none"
					}
				}
			]
		}
	],
	"recentTransfers": [],
	"recordingState": "NONE",
	"securePause": false,
	"divisions": [
		{
			"division": {
				"id": "home"
			},
			"entities": []
		}
	]
}

# Anna wraps up
{
	"id": "id-3",
	"inlayStartTime": "2026-01-05T09:00:00.000Z",
	"maxParticipants": 6,
	"participants": [
		{
			"id": "id-1",
			"purpose": "agent",
			"name": "Anna",
			"userId": "anna",
			"queueId": "support",
			"wrapupRequired": false,
			"wrapupPrompt": "mandatory",
			"mediaRoles": [
				"full"
			],
			"attributes": {},
			"connectedTime": "2026-01-05T09:00:10.000Z",
			"endTime": "2026-01-05T09:00:15.000Z",
			"startAcwTime": "2026-01-05T09:00:15.000Z",
			"endAcwTime": "2026-01-05T09:00:20.000Z",
			"wrapupExpected": false,
			"wrapup": {
				"code": "solved",
				"name": "Solved",
				"notes": "All well",
				"durationSeconds": 5,
				"endTime": "2026-01-05T09:00:20.000Z"
			},
			"conversationRoutingData": {
				"queue": {
					"id": "support"
				},
				"priority": 0,
				"skills": [],
				"scoredAgents": []
			},
			"calls": [
				{
					"id": "id-2",
					"state": "disconnected",
					"initialState": "contacting",
					"direction": "outbound",
					"held": false,
					"provider": "test",
					"recording": false,
					"recordingState": "none",
					"muted": false,
					"confined": false,
					"securePause": false,
					"self": {
						"name": "Anna",
						"nameRaw": "Anna"
					},
					"other": {
						"addressNormalized": "+49305550101",
						"addressRaw": "+49305550101",
						"addressDisplayable": "+49305550101"
					},
					"afterCallWorkRequired": false,
					"connectedTime": "2026-01-05T09:00:10.000Z",
					"disconnectType": "client",
					"disconnectedTime": "2026-01-05T09:00:15.000Z",
					"afterCallWork": {
						"state": "complete",
						"startTime": "2026-01-05T09:00:15.000Z",
						"endTime": "2026-01-05T09:00:20.000Z"
					},
					"peerId": "id-5",
					"recordersState": {
						"adhocState": "none",
						"customerExperienceState": "none",
						"agentExperienceState": "none",
						"snippetState": "none"
					},
					"wrapup": {
						"code": "solved",
						"name": "Solved",
						"notes": "All well",
						"durationSeconds": 5,
						"endTime": "2026-01-05T09:00:20.000Z"
					}
				}
			]
		},
		{
			"id": "id-4",
			"purpose": "external",
			"address": "+49305550101",
			"wrapupRequired": false,
			"mediaRoles": [
				"full"
			],
			"attributes": {},
			"connectedTime": "2026-01-05T09:00:10.000Z",
			"endTime": "2026-01-05T09:00:15.000Z",
			"wrapupExpected": false,
			"calls": [
				{
					"id": "id-5",
					"state": "disconnected",
					"initialState": "dialing",
					"direction": "outbound",
					"held": false,
					"provider": "test",
					"recording": false,
					"recordingState": "none",
					"muted": false,
					"confined": false,
					"securePause": false,
					"self": {
						"addressNormalized": "+49305550101",
						"addressRaw": "+49305550101",
						"addressDisplayable": "+49305550101"
					},
					"other": {
						"name": "Anna",
						"nameRaw": "Anna"
					},
					"afterCallWorkRequired": false,
					"connectedTime": "2026-01-05T09:00:10.000Z",
					"disconnectType": "peer",
					"disconnectedTime": "2026-01-05T09:00:15.000Z",
					"peerId": "id-2",
					"recordersState": {
						"adhocState": "none",
						"customerExperienceState": "none",
						"agentExperienceState": "none",
						"snippetState": "none"
					}
				}
			]
		}
	],
	"recentTransfers": [],
	"recordingState": "NONE",
	"securePause": false,
	"divisions": [
		{
			"division": {
				"id": "home"
			},
			"entities": []
		}
	]
}
