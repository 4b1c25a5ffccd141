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
			"attributes": {},
			"connectedTime": "2026-01-05T09:00:05.000Z",
			"wrapupExpected": false,
			"callbacks": [
				{
					"id": "id-2",
					"state": "connected",
					"initialState": "scheduled",
					"direction": "inbound",
					"held": false,
					"provider": "test",
					"callbackNumbers": [
						"+49305550101"
					],
					"afterCallWorkRequired": false,
					"callbackUserName": "Carol",
					"callbackScheduledTime": "2026-01-05T09:00:00.000Z",
					"connectedTime": "2026-01-05T09:00:05.000Z",
					"peerId": "id-5",
					"externalCampaign": false,
					"skipEnabled": false
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
			"callbacks": [
				{
					"id": "id-5",
					"state": "connected",
					"initialState": "connected",
					"direction": "inbound",
					"held": false,
					"connectedTime": "2026-01-05T09:00:05.000Z",
					"provider": "test",
					"callbackNumbers": [
						"+49305550101"
					],
					"callbackUserName": "Carol",
					"callbackScheduledTime": "2026-01-05T09:00:00.000Z",
					"afterCallWorkRequired": false,
					"peerId": "id-2",
					"externalCampaign": false,
					"skipEnabled": false
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
			"callbacks": [
				{
					"id": "id-7",
					"state": "alerting",
					"initialState": "alerting",
					"direction": "inbound",
					"held": false,
					"provider": "test",
					"callbackNumbers": [
						"+49305550101"
					],
					"callbackUserName": "Carol",
					"callbackScheduledTime": "2026-01-05T09:00:00.000Z",
					"afterCallWorkRequired": true,
					"peerId": "id-2",
					"externalCampaign": false,
					"skipEnabled": false
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

# Anna accepts
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
			"attributes": {},
			"connectedTime": "2026-01-05T09:00:05.000Z",
			"wrapupExpected": false,
			"callbacks": [
				{
					"id": "id-2",
					"state": "connected",
					"initialState": "scheduled",
					"direction": "inbound",
					"held": false,
					"provider": "test",
					"callbackNumbers": [
						"+49305550101"
					],
					"afterCallWorkRequired": false,
					"callbackUserName": "Carol",
					"callbackScheduledTime": "2026-01-05T09:00:00.000Z",
					"connectedTime": "2026-01-05T09:00:05.000Z",
					"peerId": "id-7",
					"externalCampaign": false,
					"skipEnabled": false
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
			"callbacks": [
				{
					"id": "id-5",
					"state": "disconnected",
					"initialState": "connected",
					"direction": "inbound",
					"held": false,
					"connectedTime": "2026-01-05T09:00:05.000Z",
					"provider": "test",
					"callbackNumbers": [
						"+49305550101"
					],
					"callbackUserName": "Carol",
					"callbackScheduledTime": "2026-01-05T09:00:00.000Z",
					"afterCallWorkRequired": false,
					"disconnectType": "transfer",
					"disconnectedTime": "2026-01-05T09:00:15.000Z",
					"peerId": "id-2",
					"externalCampaign": false,
					"skipEnabled": false
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
			"callbacks": [
				{
					"id": "id-7",
					"state": "connected",
					"initialState": "alerting",
					"direction": "inbound",
					"held": false,
					"provider": "test",
					"callbackNumbers": [
						"+49305550101"
					],
					"callbackUserName": "Carol",
					"callbackScheduledTime": "2026-01-05T09:00:00.000Z",
					"afterCallWorkRequired": true,
					"connectedTime": "2026-01-05T09:00:15.000Z",
					"peerId": "id-2",
					"externalCampaign": false,
					"skipEnabled": false
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

# Anna calls
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
			"attributes": {},
			"connectedTime": "2026-01-05T09:00:05.000Z",
			"wrapupExpected": false,
			"callbacks": [
				{
					"id": "id-2",
					"state": "connected",
					"initialState": "scheduled",
					"direction": "inbound",
					"held": false,
					"provider": "test",
					"callbackNumbers": [
						"+49305550101"
					],
					"afterCallWorkRequired": false,
					"callbackUserName": "Carol",
					"callbackScheduledTime": "2026-01-05T09:00:00.000Z",
					"connectedTime": "2026-01-05T09:00:05.000Z",
					"peerId": "id-7",
					"externalCampaign": false,
					"skipEnabled": false
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
			"callbacks": [
				{
					"id": "id-5",
					"state": "disconnected",
					"initialState": "connected",
					"direction": "inbound",
					"held": false,
					"connectedTime": "2026-01-05T09:00:05.000Z",
					"provider": "test",
					"callbackNumbers": [
						"+49305550101"
					],
					"callbackUserName": "Carol",
					"callbackScheduledTime": "2026-01-05T09:00:00.000Z",
					"afterCallWorkRequired": false,
					"disconnectType": "transfer",
					"disconnectedTime": "2026-01-05T09:00:15.000Z",
					"peerId": "id-2",
					"externalCampaign": false,
					"skipEnabled": false
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
					"id": "id-8",
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
					"self": {},
					"other": {
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
			],
			"callbacks": [
				{
					"id": "id-7",
					"state": "connected",
					"initialState": "alerting",
					"direction": "inbound",
					"held": false,
					"provider": "test",
					"callbackNumbers": [
						"+49305550101"
					],
					"callbackUserName": "Carol",
					"callbackScheduledTime": "2026-01-05T09:00:00.000Z",
					"afterCallWorkRequired": true,
					"connectedTime": "2026-01-05T09:00:15.000Z",
					"peerId": "id-2",
					"externalCampaign": false,
					"skipEnabled": false
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

# Anna's phone is on
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
			"attributes": {},
			"connectedTime": "2026-01-05T09:00:05.000Z",
			"wrapupExpected": false,
			"callbacks": [
				{
					"id": "id-2",
					"state": "connected",
					"initialState": "scheduled",
					"direction": "inbound",
					"held": false,
					"provider": "test",
					"callbackNumbers": [
						"+49305550101"
					],
					"afterCallWorkRequired": false,
					"callbackUserName": "Carol",
					"callbackScheduledTime": "2026-01-05T09:00:00.000Z",
					"connectedTime": "2026-01-05T09:00:05.000Z",
					"peerId": "id-7",
					"externalCampaign": false,
					"skipEnabled": false
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
			"callbacks": [
				{
					"id": "id-5",
					"state": "disconnected",
					"initialState": "connected",
					"direction": "inbound",
					"held": false,
					"connectedTime": "2026-01-05T09:00:05.000Z",
					"provider": "test",
					"callbackNumbers": [
						"+49305550101"
					],
					"callbackUserName": "Carol",
					"callbackScheduledTime": "2026-01-05T09:00:00.000Z",
					"afterCallWorkRequired": false,
					"disconnectType": "transfer",
					"disconnectedTime": "2026-01-05T09:00:15.000Z",
					"peerId": "id-2",
					"externalCampaign": false,
					"skipEnabled": false
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
					"id": "id-8",
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
					"self": {},
					"other": {
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
			],
			"callbacks": [
				{
					"id": "id-7",
					"state": "connected",
					"initialState": "alerting",
					"direction": "inbound",
					"held": false,
					"provider": "test",
					"callbackNumbers": [
						"+49305550101"
					],
					"callbackUserName": "Carol",
					"callbackScheduledTime": "2026-01-05T09:00:00.000Z",
					"afterCallWorkRequired": true,
					"connectedTime": "2026-01-05T09:00:15.000Z",
					"peerId": "id-2",
					"externalCampaign": false,
					"skipEnabled": false
				}
			]
		},
		{
			"id": "id-9",
			"purpose": "customer",
			"address": "+49305550101",
			"wrapupRequired": false,
			"mediaRoles": [
				"full"
			],
			"attributes": {},
			"wrapupExpected": false,
			"calls": [
				{
					"id": "id-10",
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
					"peerId": "id-7",
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

# the customer answers
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
			"attributes": {},
			"connectedTime": "2026-01-05T09:00:05.000Z",
			"wrapupExpected": false,
			"callbacks": [
				{
					"id": "id-2",
					"state": "connected",
					"initialState": "scheduled",
					"direction": "inbound",
					"held": false,
					"provider": "test",
					"callbackNumbers": [
						"+49305550101"
					],
					"afterCallWorkRequired": false,
					"callbackUserName": "Carol",
					"callbackScheduledTime": "2026-01-05T09:00:00.000Z",
					"connectedTime": "2026-01-05T09:00:05.000Z",
					"peerId": "id-7",
					"externalCampaign": false,
					"skipEnabled": false
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
			"callbacks": [
				{
					"id": "id-5",
					"state": "disconnected",
					"initialState": "connected",
					"direction": "inbound",
					"held": false,
					"connectedTime": "2026-01-05T09:00:05.000Z",
					"provider": "test",
					"callbackNumbers": [
						"+49305550101"
					],
					"callbackUserName": "Carol",
					"callbackScheduledTime": "2026-01-05T09:00:00.000Z",
					"afterCallWorkRequired": false,
					"disconnectType": "transfer",
					"disconnectedTime": "2026-01-05T09:00:15.000Z",
					"peerId": "id-2",
					"externalCampaign": false,
					"skipEnabled": false
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
					"id": "id-8",
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
					"self": {},
					"other": {
						"addressNormalized": "+49305550101",
						"addressRaw": "+49305550101",
						"addressDisplayable": "+49305550101"
					},
					"afterCallWorkRequired": false,
					"connectedTime": "2026-01-05T09:00:30.000Z",
					"peerId": "id-2",
					"recordersState": {
						"adhocState": "none",
						"customerExperienceState": "none",
						"agentExperienceState": "none",
						"snippetState": "none"
					}
				}
			],
			"callbacks": [
				{
					"id": "id-7",
					"state": "connected",
					"initialState": "alerting",
					"direction": "inbound",
					"held": false,
					"provider": "test",
					"callbackNumbers": [
						"+49305550101"
					],
					"callbackUserName": "Carol",
					"callbackScheduledTime": "2026-01-05T09:00:00.000Z",
					"afterCallWorkRequired": true,
					"connectedTime": "2026-01-05T09:00:15.000Z",
					"peerId": "id-2",
					"externalCampaign": false,
					"skipEnabled": false
				}
			]
		},
		{
			"id": "id-9",
			"purpose": "customer",
			"address": "+49305550101",
			"wrapupRequired": false,
			"mediaRoles": [
				"full"
			],
			"attributes": {},
			"connectedTime": "2026-01-05T09:00:30.000Z",
			"wrapupExpected": false,
			"calls": [
				{
					"id": "id-10",
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
					"connectedTime": "2026-01-05T09:00:30.000Z",
					"peerId": "id-7",
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
			"attributes": {},
			"connectedTime": "2026-01-05T09:00:05.000Z",
			"wrapupExpected": false,
			"callbacks": [
				{
					"id": "id-2",
					"state": "connected",
					"initialState": "scheduled",
					"direction": "inbound",
					"held": false,
					"provider": "test",
					"callbackNumbers": [
						"+49305550101"
					],
					"afterCallWorkRequired": false,
					"callbackUserName": "Carol",
					"callbackScheduledTime": "2026-01-05T09:00:00.000Z",
					"connectedTime": "2026-01-05T09:00:05.000Z",
					"peerId": "id-7",
					"externalCampaign": false,
					"skipEnabled": false
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
			"callbacks": [
				{
					"id": "id-5",
					"state": "disconnected",
					"initialState": "connected",
					"direction": "inbound",
					"held": false,
					"connectedTime": "2026-01-05T09:00:05.000Z",
					"provider": "test",
					"callbackNumbers": [
						"+49305550101"
					],
					"callbackUserName": "Carol",
					"callbackScheduledTime": "2026-01-05T09:00:00.000Z",
					"afterCallWorkRequired": false,
					"disconnectType": "transfer",
					"disconnectedTime": "2026-01-05T09:00:15.000Z",
					"peerId": "id-2",
					"externalCampaign": false,
					"skipEnabled": false
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
					"id": "id-8",
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
					"self": {},
					"other": {
						"addressNormalized": "+49305550101",
						"addressRaw": "+49305550101",
						"addressDisplayable": "+49305550101"
					},
					"afterCallWorkRequired": false,
					"connectedTime": "2026-01-05T09:00:30.000Z",
					"disconnectType": "peer",
					"disconnectedTime": "2026-01-05T09:00:35.000Z",
					"afterCallWork": {
						"state": "notApplicable"
					},
					"peerId": "id-2",
					"recordersState": {
						"adhocState": "none",
						"customerExperienceState": "none",
						"agentExperienceState": "none",
						"snippetState": "none"
					}
				}
			],
			"callbacks": [
				{
					"id": "id-7",
					"state": "connected",
					"initialState": "alerting",
					"direction": "inbound",
					"held": false,
					"provider": "test",
					"callbackNumbers": [
						"+49305550101"
					],
					"callbackUserName": "Carol",
					"callbackScheduledTime": "2026-01-05T09:00:00.000Z",
					"afterCallWorkRequired": true,
					"connectedTime": "2026-01-05T09:00:15.000Z",
					"peerId": "id-2",
					"externalCampaign": false,
					"skipEnabled": false
				}
			]
		},
		{
			"id": "id-9",
			"purpose": "customer",
			"address": "+49305550101",
			"wrapupRequired": false,
			"mediaRoles": [
				"full"
			],
			"attributes": {},
			"connectedTime": "2026-01-05T09:00:30.000Z",
			"endTime": "2026-01-05T09:00:35.000Z",
			"wrapupExpected": false,
			"calls": [
				{
					"id": "id-10",
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
					"connectedTime": "2026-01-05T09:00:30.000Z",
					"disconnectType": "endpoint",
					"disconnectedTime": "2026-01-05T09:00:35.000Z",
					"peerId": "id-7",
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

# Anna ends the callback
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
			"attributes": {},
			"connectedTime": "2026-01-05T09:00:05.000Z",
			"endTime": "2026-01-05T09:00:40.000Z",
			"wrapupExpected": false,
			"callbacks": [
				{
					"id": "id-2",
					"state": "disconnected",
					"initialState": "scheduled",
					"direction": "inbound",
					"held": false,
					"provider": "test",
					"callbackNumbers": [
						"+49305550101"
					],
					"afterCallWorkRequired": false,
					"callbackUserName": "Carol",
					"callbackScheduledTime": "2026-01-05T09:00:00.000Z",
					"connectedTime": "2026-01-05T09:00:05.000Z",
					"disconnectType": "peer",
					"disconnectedTime": "2026-01-05T09:00:40.000Z",
					"peerId": "id-7",
					"externalCampaign": false,
					"skipEnabled": false
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
			"callbacks": [
				{
					"id": "id-5",
					"state": "disconnected",
					"initialState": "connected",
					"direction": "inbound",
					"held": false,
					"connectedTime": "2026-01-05T09:00:05.000Z",
					"provider": "test",
					"callbackNumbers": [
						"+49305550101"
					],
					"callbackUserName": "Carol",
					"callbackScheduledTime": "2026-01-05T09:00:00.000Z",
					"afterCallWorkRequired": false,
					"disconnectType": "transfer",
					"disconnectedTime": "2026-01-05T09:00:15.000Z",
					"peerId": "id-2",
					"externalCampaign": false,
					"skipEnabled": false
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
			"endTime": "2026-01-05T09:00:40.000Z",
			"startAcwTime": "2026-01-05T09:00:40.000Z",
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
					"id": "id-8",
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
					"self": {},
					"other": {
						"addressNormalized": "+49305550101",
						"addressRaw": "+49305550101",
						"addressDisplayable": "+49305550101"
					},
					"afterCallWorkRequired": false,
					"connectedTime": "2026-01-05T09:00:30.000Z",
					"disconnectType": "peer",
					"disconnectedTime": "2026-01-05T09:00:35.000Z",
					"afterCallWork": {
						"state": "notApplicable"
					},
					"peerId": "id-2",
					"recordersState": {
						"adhocState": "none",
						"customerExperienceState": "none",
						"agentExperienceState": "none",
						"snippetState": "none"
					}
				}
			],
			"callbacks": [
				{
					"id": "id-7",
					"state": "disconnected",
					"initialState": "alerting",
					"direction": "inbound",
					"held": false,
					"provider": "test",
					"callbackNumbers": [
						"+49305550101"
					],
					"callbackUserName": "Carol",
					"callbackScheduledTime": "2026-01-05T09:00:00.000Z",
					"afterCallWorkRequired": true,
					"connectedTime": "2026-01-05T09:00:15.000Z",
					"disconnectType": "client",
					"disconnectedTime": "2026-01-05T09:00:40.000Z",
					"afterCallWork": {
						"state": "pending",
						"startTime": "2026-01-05T09:00:40.000Z"
					},
					"peerId": "id-2",
					"externalCampaign": false,
					"skipEnabled": false
				}
			]
		},
		{
			"id": "id-9",
			"purpose": "customer",
			"address": "+49305550101",
			"wrapupRequired": false,
			"mediaRoles": [
				"full"
			],
			"attributes": {},
			"connectedTime": "2026-01-05T09:00:30.000Z",
			"endTime": "2026-01-05T09:00:35.000Z",
			"wrapupExpected": false,
			"calls": [
				{
					"id": "id-10",
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
					"connectedTime": "2026-01-05T09:00:30.000Z",
					"disconnectType": "endpoint",
					"disconnectedTime": "2026-01-05T09:00:35.000Z",
					"peerId": "id-7",
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
			"attributes": {},
			"connectedTime": "2026-01-05T09:00:05.000Z",
			"endTime": "2026-01-05T09:00:40.000Z",
			"wrapupExpected": false,
			"callbacks": [
				{
					"id": "id-2",
					"state": "disconnected",
					"initialState": "scheduled",
					"direction": "inbound",
					"held": false,
					"provider": "test",
					"callbackNumbers": [
						"+49305550101"
					],
					"afterCallWorkRequired": false,
					"callbackUserName": "Carol",
					"callbackScheduledTime": "2026-01-05T09:00:00.000Z",
					"connectedTime": "2026-01-05T09:00:05.000Z",
					"disconnectType": "peer",
					"disconnectedTime": "2026-01-05T09:00:40.000Z",
					"peerId": "id-7",
					"externalCampaign": false,
					"skipEnabled": false
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
			"callbacks": [
				{
					"id": "id-5",
					"state": "disconnected",
					"initialState": "connected",
					"direction": "inbound",
					"held": false,
					"connectedTime": "2026-01-05T09:00:05.000Z",
					"provider": "test",
					"callbackNumbers": [
						"+49305550101"
					],
					"callbackUserName": "Carol",
					"callbackScheduledTime": "2026-01-05T09:00:00.000Z",
					"afterCallWorkRequired": false,
					"disconnectType": "transfer",
					"disconnectedTime": "2026-01-05T09:00:15.000Z",
					"peerId": "id-2",
					"externalCampaign": false,
					"skipEnabled": false
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
			"endTime": "2026-01-05T09:00:40.000Z",
			"startAcwTime": "2026-01-05T09:00:40.000Z",
			"endAcwTime": "2026-01-05T09:00:45.000Z",
			"wrapupExpected": false,
			"wrapup": {
				"code": "solved",
				"name": "Solved",
				"notes": "All well",
				"durationSeconds": 5,
				"endTime": "2026-01-05T09:00:45.000Z"
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
					"id": "id-8",
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
					"self": {},
					"other": {
						"addressNormalized": "+49305550101",
						"addressRaw": "+49305550101",
						"addressDisplayable": "+49305550101"
					},
					"afterCallWorkRequired": false,
					"connectedTime": "2026-01-05T09:00:30.000Z",
					"disconnectType": "peer",
					"disconnectedTime": "2026-01-05T09:00:35.000Z",
					"afterCallWork": {
						"state": "notApplicable"
					},
					"peerId": "id-2",
					"recordersState": {
						"adhocState": "none",
						"customerExperienceState": "none",
						"agentExperienceState": "none",
						"snippetState": "none"
					}
				}
			],
			"callbacks": [
				{
					"id": "id-7",
					"state": "disconnected",
					"initialState": "alerting",
					"direction": "inbound",
					"held": false,
					"provider": "test",
					"callbackNumbers": [
						"+49305550101"
					],
					"callbackUserName": "Carol",
					"callbackScheduledTime": "2026-01-05T09:00:00.000Z",
					"afterCallWorkRequired": false,
					"connectedTime": "2026-01-05T09:00:15.000Z",
					"disconnectType": "client",
					"disconnectedTime": "2026-01-05T09:00:40.000Z",
					"afterCallWork": {
						"state": "complete",
						"startTime": "2026-01-05T09:00:40.000Z",
						"endTime": "2026-01-05T09:00:45.000Z"
					},
					"peerId": "id-2",
					"externalCampaign": false,
					"skipEnabled": false,
					"wrapup": {
						"code": "solved",
						"name": "Solved",
						"notes": "All well",
						"durationSeconds": 5,
						"endTime": "2026-01-05T09:00:45.000Z"
					}
				}
			]
		},
		{
			"id": "id-9",
			"purpose": "customer",
			"address": "+49305550101",
			"wrapupRequired": false,
			"mediaRoles": [
				"full"
			],
			"attributes": {},
			"connectedTime": "2026-01-05T09:00:30.000Z",
			"endTime": "2026-01-05T09:00:35.000Z",
			"wrapupExpected": false,
			"calls": [
				{
					"id": "id-10",
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
					"connectedTime": "2026-01-05T09:00:30.000Z",
					"disconnectType": "endpoint",
					"disconnectedTime": "2026-01-05T09:00:35.000Z",
					"peerId": "id-7",
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
