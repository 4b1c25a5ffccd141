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

# Anna records
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
					"recording": true,
					"recordingState": "active",
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
					"recorders": {
						"own": "active",
						"policy": "none"
					},
					"connectedTime": "2026-01-05T09:00:15.000Z",
					"peerId": "id-2",
					"recordersState": {
						"adhocState": "active",
						"customerExperienceState": "none",
						"agentExperienceState": "none",
						"snippetState": "none"
					}
				}
			]
		}
	],
	"recentTransfers": [],
	"recordingState": "ACTIVE",
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

# Anna holds
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
					"held": true,
					"provider": "test",
					"recording": true,
					"recordingState": "active",
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
					"recorders": {
						"own": "active",
						"policy": "none"
					},
					"connectedTime": "2026-01-05T09:00:15.000Z",
					"startHoldTime": "2026-01-05T09:00:25.000Z",
					"peerId": "id-2",
					"recordersState": {
						"adhocState": "active",
						"customerExperienceState": "none",
						"agentExperienceState": "none",
						"snippetState": "none"
					}
				}
			]
		}
	],
	"recentTransfers": [],
	"recordingState": "ACTIVE",
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

# Anna takes back
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
					"recording": true,
					"recordingState": "active",
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
					"recorders": {
						"own": "active",
						"policy": "none"
					},
					"connectedTime": "2026-01-05T09:00:15.000Z",
					"peerId": "id-2",
					"recordersState": {
						"adhocState": "active",
						"customerExperienceState": "none",
						"agentExperienceState": "none",
						"snippetState": "none"
					}
				}
			]
		}
	],
	"recentTransfers": [],
	"recordingState": "ACTIVE",
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

# a secure pause begins
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
					"recording": true,
					"recordingState": "paused",
					"muted": false,
					"confined": false,
					"securePause": true,
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
					"inlayPausedTime": "2026-01-05T09:00:35.000Z",
					"recorders": {
						"own": "paused",
						"policy": "none"
					},
					"connectedTime": "2026-01-05T09:00:15.000Z",
					"peerId": "id-2",
					"recordersState": {
						"adhocState": "paused",
						"customerExperienceState": "none",
						"agentExperienceState": "none",
						"snippetState": "none"
					}
				}
			]
		}
	],
	"recentTransfers": [],
	"recordingState": "PAUSED",
	"address": "+49305550101",
	"securePause": true,
	"divisions": [
		{
			"division": {
				"id": "home"
			},
			"entities": []
		}
	]
}

# and ends
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
					"recording": true,
					"recordingState": "active",
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
					"recorders": {
						"own": "active",
						"policy": "none"
					},
					"connectedTime": "2026-01-05T09:00:15.000Z",
					"peerId": "id-2",
					"recordersState": {
						"adhocState": "active",
						"customerExperienceState": "none",
						"agentExperienceState": "none",
						"snippetState": "none"
					}
				}
			]
		}
	],
	"recentTransfers": [],
	"recordingState": "ACTIVE",
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

# Anna flags it
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
			"flaggedReason": "general",
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
					"recording": true,
					"recordingState": "active",
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
					"recorders": {
						"own": "active",
						"policy": "none"
					},
					"connectedTime": "2026-01-05T09:00:15.000Z",
					"peerId": "id-2",
					"recordersState": {
						"adhocState": "active",
						"customerExperienceState": "none",
						"agentExperienceState": "none",
						"snippetState": "none"
					}
				}
			]
		}
	],
	"recentTransfers": [],
	"recordingState": "ACTIVE",
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

# an attribute is set
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
				"PEF_URLPop": "https://crm.example/1",
				"Ticket": "T-1"
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
			"flaggedReason": "general",
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
					"recording": true,
					"recordingState": "active",
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
					"recorders": {
						"own": "active",
						"policy": "none"
					},
					"connectedTime": "2026-01-05T09:00:15.000Z",
					"peerId": "id-2",
					"recordersState": {
						"adhocState": "active",
						"customerExperienceState": "none",
						"agentExperienceState": "none",
						"snippetState": "none"
					}
				}
			]
		}
	],
	"recentTransfers": [],
	"recordingState": "ACTIVE",
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

# the customer hangs up
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
				"PEF_URLPop": "https://crm.example/1",
				"Ticket": "T-1"
			},
			"connectedTime": "2026-01-05T09:00:05.000Z",
			"endTime": "2026-01-05T09:00:55.000Z",
			"wrapupExpected": false,
			"calls": [
				{
					"id": "id-2",
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
					"disconnectType": "endpoint",
					"disconnectedTime": "2026-01-05T09:00:55.000Z",
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
			"flaggedReason": "general",
			"endTime": "2026-01-05T09:00:55.000Z",
			"startAcwTime": "2026-01-05T09:00:55.000Z",
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
					"disconnectType": "peer",
					"disconnectedTime": "2026-01-05T09:00:55.000Z",
					"afterCallWork": {
						"state": "pending",
						"startTime": "2026-01-05T09:00:55.000Z"
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
				"PEF_URLPop": "https://crm.example/1",
				"Ticket": "T-1"
			},
			"connectedTime": "2026-01-05T09:00:05.000Z",
			"endTime": "2026-01-05T09:00:55.000Z",
			"wrapupExpected": false,
			"calls": [
				{
					"id": "id-2",
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
					"disconnectType": "endpoint",
					"disconnectedTime": "2026-01-05T09:00:55.000Z",
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
			"wrapupRequired": false,
			"wrapupPrompt": "mandatory",
			"mediaRoles": [
				"full"
			],
			"attributes": {},
			"alertingTimeoutMs": 20000,
			"connectedTime": "2026-01-05T09:00:15.000Z",
			"flaggedReason": "general",
			"endTime": "2026-01-05T09:00:55.000Z",
			"startAcwTime": "2026-01-05T09:00:55.000Z",
			"endAcwTime": "2026-01-05T09:01:00.000Z",
			"wrapupExpected": false,
			"wrapup": {
				"code": "solved",
				"name": "Solved",
				"notes": "All well",
				"durationSeconds": 5,
				"endTime": "2026-01-05T09:01:00.000Z"
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
					"disconnectType": "peer",
					"disconnectedTime": "2026-01-05T09:00:55.000Z",
					"afterCallWork": {
						"state": "complete",
						"startTime": "2026-01-05T09:00:55.000Z",
						"endTime": "2026-01-05T09:01:00.000Z"
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
						"endTime": "2026-01-05T09:01:00.000Z"
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
