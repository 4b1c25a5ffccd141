# it is offered to Anna
{
	"id": "id-3",
	"inlayStartTime": "2026-01-05T09:00:00.000Z",
	"maxParticipants": 6,
	"participants": [
		{
			"id": "id-1",
			"purpose": "customer",
			"name": "Carol",
			"address": "+49305550101",
			"wrapupRequired": false,
			"mediaRoles": [
				"full"
			],
			"attributes": {
				"PEF_URLPop": "https://crm.example/1"
			},
			"connectedTime": "2026-01-05T09:00:05.000Z",
			"wrapupExpected": false,
			"calls": [
				{
					"id": "id-2",
					"state": "connected",
					"initialState": "alerting",
					"direction": "inbound",
					"held": false,
					"provider": "test",
					"recording": false,
					"recordingState": "none",
					"muted": false,
					"confined": false,
					"securePause": false,
					"self": {
						"name": "Carol",
						"nameRaw": "Carol",
						"addressNormalized": "+49305550101",
						"addressRaw": "+49305550101",
						"addressDisplayable": "+49305550101"
					},
					"other": {
						"addressNormalized": "+4930555000",
						"addressRaw": "+4930555000",
						"addressDisplayable": "+4930555000"
					},
					"afterCallWorkRequired": false,
					"connectedTime": "2026-01-05T09:00:05.000Z",
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
			"purpose": "acd",
			"name": "Support",
			"connectedTime": "2026-01-05T09:00:05.000Z",
			"queueId": "support",
			"address": "+49305550101",
			"wrapupRequired": false,
			"mediaRoles": [
				"full"
			],
			"attributes": {},
			"wrapupExpected": false,
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
					"id": "id-5",
					"state": "connected",
					"initialState": "connected",
					"direction": "inbound",
					"held": false,
					"connectedTime": "2026-01-05T09:00:05.000Z",
					"provider": "test",
					"recording": false,
					"recordingState": "none",
					"muted": false,
					"confined": false,
					"securePause": false,
					"self": {
						"name": "Support",
						"nameRaw": "Support"
					},
					"other": {
						"name": "Carol",
						"nameRaw": "Carol",
						"addressNormalized": "+49305550101",
						"addressRaw": "+49305550101",
						"addressDisplayable": "+49305550101"
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
		},
		{
			"id": "id-6",
			"purpose": "agent",
			"name": "Anna",
			"userId": "anna",
			"queueId": "support",
			"address": "+49305550101",
			"wrapupRequired": true,
			"wrapupPrompt": "mandatory",
			"mediaRoles": [
				"full"
			],
			"attributes": {},
			"alertingTimeoutMs": 20000,
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
					"id": "id-7",
					"state": "alerting",
					"initialState": "alerting",
					"direction": "inbound",
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
						"name": "Carol",
						"nameRaw": "Carol",
						"addressNormalized": "+49305550101",
						"addressRaw": "+49305550101",
						"addressDisplayable": "+49305550101"
					},
					"afterCallWorkRequired": true,
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
	"address": "+49305550101",
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

# Anna answers
{
	"id": "id-3",
	"inlayStartTime": "2026-01-05T09:00:00.000Z",
	"maxParticipants": 6,
	"participants": [
		{
			"id": "id-1",
			"purpose": "customer",
			"name": "Carol",
			"address": "+49305550101",
			"wrapupRequired": false,
			"mediaRoles": [
				"full"
			],
			"attributes": {
				"PEF_URLPop": "https://crm.example/1"
			},
			"connectedTime": "2026-01-05T09:00:05.000Z",
			"wrapupExpected": false,
			"calls": [
				{
					"id": "id-2",
					"state": "connected",
					"initialState": "alerting",
					"direction": "inbound",
					"held": false,
					"provider": "test",
					"recording": false,
					"recordingState": "none",
					"muted": false,
					"confined": false,
					"securePause": false,
					"self": {
						"name": "Carol",
						"nameRaw": "Carol",
						"addressNormalized": "+49305550101",
						"addressRaw": "+49305550101",
						"addressDisplayable": "+49305550101"
					},
					"other": {
						"addressNormalized": "+4930555000",
						"addressRaw": "+4930555000",
						"addressDisplayable": "+4930555000"
					},
					"afterCallWorkRequired": false,
					"connectedTime": "2026-01-05T09:00:05.000Z",
					"peerId": "id-7",
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
			"purpose": "acd",
			"name": "Support",
			"connectedTime": "2026-01-05T09:00:05.000Z",
			"queueId": "support",
			"address": "+49305550101",
			"wrapupRequired": false,
			"mediaRoles": [
				"full"
			],
			"attributes": {},
			"endTime": "2026-01-05T09:00:15.000Z",
			"wrapupExpected": false,
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
					"id": "id-5",
					"state": "disconnected",
					"initialState": "connected",
					"direction": "inbound",
					"held": false,
					"connectedTime": "2026-01-05T09:00:05.000Z",
					"provider": "test",
					"recording": false,
					"recordingState": "none",
					"muted": false,
					"confined": false,
					"securePause": false,
					"self": {
						"name": "Support",
						"nameRaw": "Support"
					},
					"other": {
						"name": "Carol",
						"nameRaw": "Carol",
						"addressNormalized": "+49305550101",
						"addressRaw": "+49305550101",
						"addressDisplayable": "+49305550101"
					},
					"afterCallWorkRequired": false,
					"disconnectType": "transfer",
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
		},
		{
			"id": "id-6",
			"purpose": "agent",
			"name": "Anna",
			"userId": "anna",
			"queueId": "support",
			"address": "+49305550101",
			"wrapupRequired": true,
			"wrapupPrompt": "mandatory",
			"mediaRoles": [
				"full"
			],
			"attributes": {},
			"alertingTimeoutMs": 20000,
			"connectedTime": "2026-01-05T09:00:15.000Z",
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
					"id": "id-7",
					"state": "connected",
					"initialState": "alerting",
					"direction": "inbound",
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
						"name": "Carol",
						"nameRaw": "Carol",
						"addressNormalized": "+49305550101",
						"addressRaw": "+49305550101",
						"addressDisplayable": "+49305550101"
					},
					"afterCallWorkRequired": true,
					"connectedTime": "2026-01-05T09:00:15.000Z",
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
	"address": "+49305550101",
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

# Anna asks Ben first
{
	"id": "id-3",
	"inlayStartTime": "2026-01-05T09:00:00.000Z",
	"maxParticipants": 6,
	"participants": [
		{
			"id": "id-1",
			"purpose": "customer",
			"name": "Carol",
			"address": "+49305550101",
			"wrapupRequired": false,
			"mediaRoles": [
				"full"
			],
			"attributes": {
				"PEF_URLPop": "https://crm.example/1"
			},
			"connectedTime": "2026-01-05T09:00:05.000Z",
			"wrapupExpected": false,
			"calls": [
				{
					"id": "id-2",
					"state": "connected",
					"initialState": "alerting",
					"direction": "inbound",
					"held": true,
					"provider": "test",
					"recording": false,
					"recordingState": "none",
					"muted": false,
					"confined": false,
					"securePause": false,
					"self": {
						"name": "Carol",
						"nameRaw": "Carol",
						"addressNormalized": "+49305550101",
						"addressRaw": "+49305550101",
						"addressDisplayable": "+49305550101"
					},
					"other": {
						"addressNormalized": "+4930555000",
						"addressRaw": "+4930555000",
						"addressDisplayable": "+4930555000"
					},
					"afterCallWorkRequired": false,
					"connectedTime": "2026-01-05T09:00:05.000Z",
					"startHoldTime": "2026-01-05T09:00:20.000Z",
					"peerId": "id-7",
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
			"purpose": "acd",
			"name": "Support",
			"connectedTime": "2026-01-05T09:00:05.000Z",
			"queueId": "support",
			"address": "+49305550101",
			"wrapupRequired": false,
			"mediaRoles": [
				"full"
			],
			"attributes": {},
			"endTime": "2026-01-05T09:00:15.000Z",
			"wrapupExpected": false,
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
					"id": "id-5",
					"state": "disconnected",
					"initialState": "connected",
					"direction": "inbound",
					"held": false,
					"connectedTime": "2026-01-05T09:00:05.000Z",
					"provider": "test",
					"recording": false,
					"recordingState": "none",
					"muted": false,
					"confined": false,
					"securePause": false,
					"self": {
						"name": "Support",
						"nameRaw": "Support"
					},
					"other": {
						"name": "Carol",
						"nameRaw": "Carol",
						"addressNormalized": "+49305550101",
						"addressRaw": "+49305550101",
						"addressDisplayable": "+49305550101"
					},
					"afterCallWorkRequired": false,
					"disconnectType": "transfer",
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
		},
		{
			"id": "id-6",
			"purpose": "agent",
			"name": "Anna",
			"userId": "anna",
			"queueId": "support",
			"address": "+49305550101",
			"wrapupRequired": true,
			"wrapupPrompt": "mandatory",
			"mediaRoles": [
				"full"
			],
			"attributes": {},
			"alertingTimeoutMs": 20000,
			"connectedTime": "2026-01-05T09:00:15.000Z",
			"consultParticipantId": "id-1",
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
					"id": "id-7",
					"state": "connected",
					"initialState": "alerting",
					"direction": "inbound",
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
						"name": "Carol",
						"nameRaw": "Carol",
						"addressNormalized": "+49305550101",
						"addressRaw": "+49305550101",
						"addressDisplayable": "+49305550101"
					},
					"afterCallWorkRequired": true,
					"connectedTime": "2026-01-05T09:00:15.000Z",
					"peerId": "id-2",
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
			"id": "id-9",
			"purpose": "user",
			"name": "Ben",
			"userId": "ben",
			"address": "+49305550101",
			"wrapupRequired": false,
			"mediaRoles": [
				"full"
			],
			"attributes": {},
			"alertingTimeoutMs": 30000,
			"consultParticipantId": "id-1",
			"wrapupExpected": false,
			"calls": [
				{
					"id": "id-10",
					"state": "alerting",
					"initialState": "alerting",
					"direction": "inbound",
					"held": false,
					"provider": "test",
					"recording": false,
					"recordingState": "none",
					"muted": false,
					"confined": false,
					"securePause": false,
					"self": {
						"name": "Ben",
						"nameRaw": "Ben"
					},
					"other": {
						"name": "Carol",
						"nameRaw": "Carol",
						"addressNormalized": "+49305550101",
						"addressRaw": "+49305550101",
						"addressDisplayable": "+49305550101"
					},
					"afterCallWorkRequired": false,
					"transferSource": "id-6",
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
	"recentTransfers": [
		{
			"id": "id-8",
			"state": "Pending",
			"dateIssued": "2026-01-05T09:00:20.000Z",
			"initiator": {
				"userId": "anna"
			},
			"destination": {
				"userId": "ben"
			},
			"transferType": "Attended"
		}
	],
	"recordingState": "NONE",
	"address": "+49305550101",
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

# Ben answers
{
	"id": "id-3",
	"inlayStartTime": "2026-01-05T09:00:00.000Z",
	"maxParticipants": 6,
	"participants": [
		{
			"id": "id-1",
			"purpose": "customer",
			"name": "Carol",
			"address": "+49305550101",
			"wrapupRequired": false,
			"mediaRoles": [
				"full"
			],
			"attributes": {
				"PEF_URLPop": "https://crm.example/1"
			},
			"connectedTime": "2026-01-05T09:00:05.000Z",
			"wrapupExpected": false,
			"calls": [
				{
					"id": "id-2",
					"state": "connected",
					"initialState": "alerting",
					"direction": "inbound",
					"held": true,
					"provider": "test",
					"recording": false,
					"recordingState": "none",
					"muted": false,
					"confined": false,
					"securePause": false,
					"self": {
						"name": "Carol",
						"nameRaw": "Carol",
						"addressNormalized": "+49305550101",
						"addressRaw": "+49305550101",
						"addressDisplayable": "+49305550101"
					},
					"other": {
						"addressNormalized": "+4930555000",
						"addressRaw": "+4930555000",
						"addressDisplayable": "+4930555000"
					},
					"afterCallWorkRequired": false,
					"connectedTime": "2026-01-05T09:00:05.000Z",
					"startHoldTime": "2026-01-05T09:00:20.000Z",
					"peerId": "id-7",
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
			"purpose": "acd",
			"name": "Support",
			"connectedTime": "2026-01-05T09:00:05.000Z",
			"queueId": "support",
			"address": "+49305550101",
			"wrapupRequired": false,
			"mediaRoles": [
				"full"
			],
			"attributes": {},
			"endTime": "2026-01-05T09:00:15.000Z",
			"wrapupExpected": false,
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
					"id": "id-5",
					"state": "disconnected",
					"initialState": "connected",
					"direction": "inbound",
					"held": false,
					"connectedTime": "2026-01-05T09:00:05.000Z",
					"provider": "test",
					"recording": false,
					"recordingState": "none",
					"muted": false,
					"confined": false,
					"securePause": false,
					"self": {
						"name": "Support",
						"nameRaw": "Support"
					},
					"other": {
						"name": "Carol",
						"nameRaw": "Carol",
						"addressNormalized": "+49305550101",
						"addressRaw": "+49305550101",
						"addressDisplayable": "+49305550101"
					},
					"afterCallWorkRequired": false,
					"disconnectType": "transfer",
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
		},
		{
			"id": "id-6",
			"purpose": "agent",
			"name": "Anna",
			"userId": "anna",
			"queueId": "support",
			"address": "+49305550101",
			"wrapupRequired": true,
			"wrapupPrompt": "mandatory",
			"mediaRoles": [
				"full"
			],
			"attributes": {},
			"alertingTimeoutMs": 20000,
			"connectedTime": "2026-01-05T09:00:15.000Z",
			"consultParticipantId": "id-1",
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
					"id": "id-7",
					"state": "connected",
					"initialState": "alerting",
					"direction": "inbound",
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
						"name": "Carol",
						"nameRaw": "Carol",
						"addressNormalized": "+49305550101",
						"addressRaw": "+49305550101",
						"addressDisplayable": "+49305550101"
					},
					"afterCallWorkRequired": true,
					"connectedTime": "2026-01-05T09:00:15.000Z",
					"peerId": "id-2",
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
			"id": "id-9",
			"purpose": "user",
			"name": "Ben",
			"userId": "ben",
			"address": "+49305550101",
			"wrapupRequired": false,
			"mediaRoles": [
				"full"
			],
			"attributes": {},
			"alertingTimeoutMs": 30000,
			"consultParticipantId": "id-1",
			"connectedTime": "2026-01-05T09:00:25.000Z",
			"wrapupExpected": false,
			"calls": [
				{
					"id": "id-10",
					"state": "connected",
					"initialState": "alerting",
					"direction": "inbound",
					"held": false,
					"provider": "test",
					"recording": false,
					"recordingState": "none",
					"muted": false,
					"confined": false,
					"securePause": false,
					"self": {
						"name": "Ben",
						"nameRaw": "Ben"
					},
					"other": {
						"name": "Carol",
						"nameRaw": "Carol",
						"addressNormalized": "+49305550101",
						"addressRaw": "+49305550101",
						"addressDisplayable": "+49305550101"
					},
					"afterCallWorkRequired": false,
					"transferSource": "id-6",
					"connectedTime": "2026-01-05T09:00:25.000Z",
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
	"recentTransfers": [
		{
			"id": "id-8",
			"state": "Active",
			"dateIssued": "2026-01-05T09:00:20.000Z",
			"initiator": {
				"userId": "anna"
			},
			"destination": {
				"userId": "ben"
			},
			"transferType": "Attended"
		}
	],
	"recordingState": "NONE",
	"address": "+49305550101",
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

# all three talk
{
	"id": "id-3",
	"inlayStartTime": "2026-01-05T09:00:00.000Z",
	"maxParticipants": 6,
	"participants": [
		{
			"id": "id-1",
			"purpose": "customer",
			"name": "Carol",
			"address": "+49305550101",
			"wrapupRequired": false,
			"mediaRoles": [
				"full"
			],
			"attributes": {
				"PEF_URLPop": "https://crm.example/1"
			},
			"connectedTime": "2026-01-05T09:00:05.000Z",
			"wrapupExpected": false,
			"calls": [
				{
					"id": "id-2",
					"state": "connected",
					"initialState": "alerting",
					"direction": "inbound",
					"held": false,
					"provider": "test",
					"recording": false,
					"recordingState": "none",
					"muted": false,
					"confined": false,
					"securePause": false,
					"self": {
						"name": "Carol",
						"nameRaw": "Carol",
						"addressNormalized": "+49305550101",
						"addressRaw": "+49305550101",
						"addressDisplayable": "+49305550101"
					},
					"other": {
						"addressNormalized": "+4930555000",
						"addressRaw": "+4930555000",
						"addressDisplayable": "+4930555000"
					},
					"afterCallWorkRequired": false,
					"connectedTime": "2026-01-05T09:00:05.000Z",
					"peerId": "id-7",
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
			"purpose": "acd",
			"name": "Support",
			"connectedTime": "2026-01-05T09:00:05.000Z",
			"queueId": "support",
			"address": "+49305550101",
			"wrapupRequired": false,
			"mediaRoles": [
				"full"
			],
			"attributes": {},
			"endTime": "2026-01-05T09:00:15.000Z",
			"wrapupExpected": false,
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
					"id": "id-5",
					"state": "disconnected",
					"initialState": "connected",
					"direction": "inbound",
					"held": false,
					"connectedTime": "2026-01-05T09:00:05.000Z",
					"provider": "test",
					"recording": false,
					"recordingState": "none",
					"muted": false,
					"confined": false,
					"securePause": false,
					"self": {
						"name": "Support",
						"nameRaw": "Support"
					},
					"other": {
						"name": "Carol",
						"nameRaw": "Carol",
						"addressNormalized": "+49305550101",
						"addressRaw": "+49305550101",
						"addressDisplayable": "+49305550101"
					},
					"afterCallWorkRequired": false,
					"disconnectType": "transfer",
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
		},
		{
			"id": "id-6",
			"purpose": "agent",
			"name": "Anna",
			"userId": "anna",
			"queueId": "support",
			"address": "+49305550101",
			"wrapupRequired": true,
			"wrapupPrompt": "mandatory",
			"mediaRoles": [
				"full"
			],
			"attributes": {},
			"alertingTimeoutMs": 20000,
			"connectedTime": "2026-01-05T09:00:15.000Z",
			"consultParticipantId": "id-1",
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
					"id": "id-7",
					"state": "connected",
					"initialState": "alerting",
					"direction": "inbound",
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
						"name": "Carol",
						"nameRaw": "Carol",
						"addressNormalized": "+49305550101",
						"addressRaw": "+49305550101",
						"addressDisplayable": "+49305550101"
					},
					"afterCallWorkRequired": true,
					"connectedTime": "2026-01-05T09:00:15.000Z",
					"peerId": "id-2",
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
			"id": "id-9",
			"purpose": "user",
			"name": "Ben",
			"userId": "ben",
			"address": "+49305550101",
			"wrapupRequired": false,
			"mediaRoles": [
				"full"
			],
			"attributes": {},
			"alertingTimeoutMs": 30000,
			"consultParticipantId": "id-1",
			"connectedTime": "2026-01-05T09:00:25.000Z",
			"wrapupExpected": false,
			"calls": [
				{
					"id": "id-10",
					"state": "connected",
					"initialState": "alerting",
					"direction": "inbound",
					"held": false,
					"provider": "test",
					"recording": false,
					"recordingState": "none",
					"muted": false,
					"confined": false,
					"securePause": false,
					"self": {
						"name": "Ben",
						"nameRaw": "Ben"
					},
					"other": {
						"name": "Carol",
						"nameRaw": "Carol",
						"addressNormalized": "+49305550101",
						"addressRaw": "+49305550101",
						"addressDisplayable": "+49305550101"
					},
					"afterCallWorkRequired": false,
					"transferSource": "id-6",
					"connectedTime": "2026-01-05T09:00:25.000Z",
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
	"recentTransfers": [
		{
			"id": "id-8",
			"state": "Active",
			"dateIssued": "2026-01-05T09:00:20.000Z",
			"initiator": {
				"userId": "anna"
			},
			"destination": {
				"userId": "ben"
			},
			"transferType": "Attended"
		}
	],
	"recordingState": "NONE",
	"address": "+49305550101",
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

# Anna hands over
{
	"id": "id-3",
	"inlayStartTime": "2026-01-05T09:00:00.000Z",
	"maxParticipants": 6,
	"participants": [
		{
			"id": "id-1",
			"purpose": "customer",
			"name": "Carol",
			"address": "+49305550101",
			"wrapupRequired": false,
			"mediaRoles": [
				"full"
			],
			"attributes": {
				"PEF_URLPop": "https://crm.example/1"
			},
			"connectedTime": "2026-01-05T09:00:05.000Z",
			"wrapupExpected": false,
			"calls": [
				{
					"id": "id-2",
					"state": "connected",
					"initialState": "alerting",
					"direction": "inbound",
					"held": false,
					"provider": "test",
					"recording": false,
					"recordingState": "none",
					"muted": false,
					"confined": false,
					"securePause": false,
					"self": {
						"name": "Carol",
						"nameRaw": "Carol",
						"addressNormalized": "+49305550101",
						"addressRaw": "+49305550101",
						"addressDisplayable": "+49305550101"
					},
					"other": {
						"addressNormalized": "+4930555000",
						"addressRaw": "+4930555000",
						"addressDisplayable": "+4930555000"
					},
					"afterCallWorkRequired": false,
					"connectedTime": "2026-01-05T09:00:05.000Z",
					"peerId": "id-10",
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
			"purpose": "acd",
			"name": "Support",
			"connectedTime": "2026-01-05T09:00:05.000Z",
			"queueId": "support",
			"address": "+49305550101",
			"wrapupRequired": false,
			"mediaRoles": [
				"full"
			],
			"attributes": {},
			"endTime": "2026-01-05T09:00:15.000Z",
			"wrapupExpected": false,
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
					"id": "id-5",
					"state": "disconnected",
					"initialState": "connected",
					"direction": "inbound",
					"held": false,
					"connectedTime": "2026-01-05T09:00:05.000Z",
					"provider": "test",
					"recording": false,
					"recordingState": "none",
					"muted": false,
					"confined": false,
					"securePause": false,
					"self": {
						"name": "Support",
						"nameRaw": "Support"
					},
					"other": {
						"name": "Carol",
						"nameRaw": "Carol",
						"addressNormalized": "+49305550101",
						"addressRaw": "+49305550101",
						"addressDisplayable": "+49305550101"
					},
					"afterCallWorkRequired": false,
					"disconnectType": "transfer",
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
		},
		{
			"id": "id-6",
			"purpose": "agent",
			"name": "Anna",
			"userId": "anna",
			"queueId": "support",
			"address": "+49305550101",
			"wrapupRequired": true,
			"wrapupPrompt": "mandatory",
			"mediaRoles": [
				"full"
			],
			"attributes": {},
			"alertingTimeoutMs": 20000,
			"connectedTime": "2026-01-05T09:00:15.000Z",
			"consultParticipantId": "id-1",
			"endTime": "2026-01-05T09:00:35.000Z",
			"startAcwTime": "2026-01-05T09:00:35.000Z",
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
					"id": "id-7",
					"state": "disconnected",
					"initialState": "alerting",
					"direction": "inbound",
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
						"name": "Carol",
						"nameRaw": "Carol",
						"addressNormalized": "+49305550101",
						"addressRaw": "+49305550101",
						"addressDisplayable": "+49305550101"
					},
					"afterCallWorkRequired": true,
					"connectedTime": "2026-01-05T09:00:15.000Z",
					"disconnectType": "transfer.consult",
					"disconnectedTime": "2026-01-05T09:00:35.000Z",
					"afterCallWork": {
						"state": "pending",
						"startTime": "2026-01-05T09:00:35.000Z"
					},
					"peerId": "id-2",
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
			"id": "id-9",
			"purpose": "agent",
			"name": "Ben",
			"userId": "ben",
			"address": "+49305550101",
			"wrapupRequired": true,
			"mediaRoles": [
				"full"
			],
			"attributes": {},
			"alertingTimeoutMs": 30000,
			"consultParticipantId": "id-1",
			"connectedTime": "2026-01-05T09:00:25.000Z",
			"queueId": "support",
			"wrapupPrompt": "mandatory",
			"wrapupExpected": true,
			"calls": [
				{
					"id": "id-10",
					"state": "connected",
					"initialState": "alerting",
					"direction": "inbound",
					"held": false,
					"provider": "test",
					"recording": false,
					"recordingState": "none",
					"muted": false,
					"confined": false,
					"securePause": false,
					"self": {
						"name": "Ben",
						"nameRaw": "Ben"
					},
					"other": {
						"name": "Carol",
						"nameRaw": "Carol",
						"addressNormalized": "+49305550101",
						"addressRaw": "+49305550101",
						"addressDisplayable": "+49305550101"
					},
					"afterCallWorkRequired": true,
					"transferSource": "id-6",
					"connectedTime": "2026-01-05T09:00:25.000Z",
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
	"recentTransfers": [
		{
			"id": "id-8",
			"state": "Complete",
			"dateIssued": "2026-01-05T09:00:20.000Z",
			"initiator": {
				"userId": "anna"
			},
			"destination": {
				"userId": "ben"
			},
			"transferType": "Attended"
		}
	],
	"recordingState": "NONE",
	"address": "+49305550101",
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
			"purpose": "customer",
			"name": "Carol",
			"address": "+49305550101",
			"wrapupRequired": false,
			"mediaRoles": [
				"full"
			],
			"attributes": {
				"PEF_URLPop": "https://crm.example/1"
			},
			"connectedTime": "2026-01-05T09:00:05.000Z",
			"wrapupExpected": false,
			"calls": [
				{
					"id": "id-2",
					"state": "connected",
					"initialState": "alerting",
					"direction": "inbound",
					"held": false,
					"provider": "test",
					"recording": false,
					"recordingState": "none",
					"muted": false,
					"confined": false,
					"securePause": false,
					"self": {
						"name": "Carol",
						"nameRaw": "Carol",
						"addressNormalized": "+49305550101",
						"addressRaw": "+49305550101",
						"addressDisplayable": "+49305550101"
					},
					"other": {
						"addressNormalized": "+4930555000",
						"addressRaw": "+4930555000",
						"addressDisplayable": "+4930555000"
					},
					"afterCallWorkRequired": false,
					"connectedTime": "2026-01-05T09:00:05.000Z",
					"peerId": "id-10",
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
			"purpose": "acd",
			"name": "Support",
			"connectedTime": "2026-01-05T09:00:05.000Z",
			"queueId": "support",
			"address": "+49305550101",
			"wrapupRequired": false,
			"mediaRoles": [
				"full"
			],
			"attributes": {},
			"endTime": "2026-01-05T09:00:15.000Z",
			"wrapupExpected": false,
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
					"id": "id-5",
					"state": "disconnected",
					"initialState": "connected",
					"direction": "inbound",
					"held": false,
					"connectedTime": "2026-01-05T09:00:05.000Z",
					"provider": "test",
					"recording": false,
					"recordingState": "none",
					"muted": false,
					"confined": false,
					"securePause": false,
					"self": {
						"name": "Support",
						"nameRaw": "Support"
					},
					"other": {
						"name": "Carol",
						"nameRaw": "Carol",
						"addressNormalized": "+49305550101",
						"addressRaw": "+49305550101",
						"addressDisplayable": "+49305550101"
					},
					"afterCallWorkRequired": false,
					"disconnectType": "transfer",
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
		},
		{
			"id": "id-6",
			"purpose": "agent",
			"name": "Anna",
			"userId": "anna",
			"queueId": "support",
			"address": "+49305550101",
			"wrapupRequired": false,
			"wrapupPrompt": "mandatory",
			"mediaRoles": [
				"full"
			],
			"attributes": {},
			"alertingTimeoutMs": 20000,
			"connectedTime": "2026-01-05T09:00:15.000Z",
			"consultParticipantId": "id-1",
			"endTime": "2026-01-05T09:00:35.000Z",
			"startAcwTime": "2026-01-05T09:00:35.000Z",
			"endAcwTime": "2026-01-05T09:00:40.000Z",
			"wrapupExpected": false,
			"wrapup": {
				"code": "solved",
				"name": "Solved",
				"notes": "All well",
				"durationSeconds": 5,
				"endTime": "2026-01-05T09:00:40.000Z"
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
					"id": "id-7",
					"state": "disconnected",
					"initialState": "alerting",
					"direction": "inbound",
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
						"name": "Carol",
						"nameRaw": "Carol",
						"addressNormalized": "+49305550101",
						"addressRaw": "+49305550101",
						"addressDisplayable": "+49305550101"
					},
					"afterCallWorkRequired": false,
					"connectedTime": "2026-01-05T09:00:15.000Z",
					"disconnectType": "transfer.consult",
					"disconnectedTime": "2026-01-05T09:00:35.000Z",
					"afterCallWork": {
						"state": "complete",
						"startTime": "2026-01-05T09:00:35.000Z",
						"endTime": "2026-01-05T09:00:40.000Z"
					},
					"peerId": "id-2",
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
						"endTime": "2026-01-05T09:00:40.000Z"
					}
				}
			]
		},
		{
			"id": "id-9",
			"purpose": "agent",
			"name": "Ben",
			"userId": "ben",
			"address": "+49305550101",
			"wrapupRequired": true,
			"mediaRoles": [
				"full"
			],
			"attributes": {},
			"alertingTimeoutMs": 30000,
			"consultParticipantId": "id-1",
			"connectedTime": "2026-01-05T09:00:25.000Z",
			"queueId": "support",
			"wrapupPrompt": "mandatory",
			"wrapupExpected": true,
			"calls": [
				{
					"id": "id-10",
					"state": "connected",
					"initialState": "alerting",
					"direction": "inbound",
					"held": false,
					"provider": "test",
					"recording": false,
					"recordingState": "none",
					"muted": false,
					"confined": false,
					"securePause": false,
					"self": {
						"name": "Ben",
						"nameRaw": "Ben"
					},
					"other": {
						"name": "Carol",
						"nameRaw": "Carol",
						"addressNormalized": "+49305550101",
						"addressRaw": "+49305550101",
						"addressDisplayable": "+49305550101"
					},
					"afterCallWorkRequired": true,
					"transferSource": "id-6",
					"connectedTime": "2026-01-05T09:00:25.000Z",
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
	"recentTransfers": [
		{
			"id": "id-8",
			"state": "Complete",
			"dateIssued": "2026-01-05T09:00:20.000Z",
			"initiator": {
				"userId": "anna"
			},
			"destination": {
				"userId": "ben"
			},
			"transferType": "Attended"
		}
	],
	"recordingState": "NONE",
	"address": "+49305550101",
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
