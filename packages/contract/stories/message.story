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
			"connectedTime": "2026-01-05T09:00:00.000Z",
			"address": "+49305550101",
			"wrapupRequired": false,
			"mediaRoles": [
				"full"
			],
			"attributes": {},
			"wrapupExpected": false,
			"messages": [
				{
					"id": "id-2",
					"state": "connected",
					"initialState": "connected",
					"direction": "inbound",
					"held": false,
					"connectedTime": "2026-01-05T09:00:00.000Z",
					"provider": "Inlay Messaging",
					"type": "sms",
					"fromAddress": {
						"name": "Carol",
						"nameRaw": "Carol",
						"addressNormalized": "+49305550101",
						"addressRaw": "+49305550101",
						"addressDisplayable": "+49305550101"
					},
					"toAddress": {
						"addressNormalized": "+4930555000",
						"addressRaw": "+4930555000",
						"addressDisplayable": "+4930555000"
					},
					"messages": [
						{
							"message": {
								"id": "m-1"
							},
							"messageStatus": "received",
							"messageTime": "2026-01-05T09:00:00.000Z"
						}
					],
					"afterCallWorkRequired": false,
					"peerId": "id-5"
				}
			]
		},
		{
			"id": "id-4",
			"purpose": "acd",
			"name": "Support",
			"connectedTime": "2026-01-05T09:00:10.000Z",
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
			"messages": [
				{
					"id": "id-5",
					"state": "connected",
					"initialState": "connected",
					"direction": "inbound",
					"held": false,
					"connectedTime": "2026-01-05T09:00:10.000Z",
					"provider": "Inlay Messaging",
					"type": "sms",
					"fromAddress": {
						"name": "Carol",
						"nameRaw": "Carol",
						"addressNormalized": "+49305550101",
						"addressRaw": "+49305550101",
						"addressDisplayable": "+49305550101"
					},
					"toAddress": {
						"addressNormalized": "+4930555000",
						"addressRaw": "+4930555000",
						"addressDisplayable": "+4930555000"
					},
					"messages": [],
					"afterCallWorkRequired": false,
					"peerId": "id-2"
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
			"messages": [
				{
					"id": "id-7",
					"state": "alerting",
					"initialState": "alerting",
					"direction": "inbound",
					"held": false,
					"provider": "Inlay Messaging",
					"type": "sms",
					"fromAddress": {
						"name": "Carol",
						"nameRaw": "Carol",
						"addressNormalized": "+49305550101",
						"addressRaw": "+49305550101",
						"addressDisplayable": "+49305550101"
					},
					"toAddress": {
						"addressNormalized": "+4930555000",
						"addressRaw": "+4930555000",
						"addressDisplayable": "+4930555000"
					},
					"messages": [],
					"afterCallWorkRequired": true,
					"peerId": "id-2"
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

# Anna takes it
{
	"id": "id-3",
	"inlayStartTime": "2026-01-05T09:00:00.000Z",
	"maxParticipants": 6,
	"participants": [
		{
			"id": "id-1",
			"purpose": "customer",
			"name": "Carol",
			"connectedTime": "2026-01-05T09:00:00.000Z",
			"address": "+49305550101",
			"wrapupRequired": false,
			"mediaRoles": [
				"full"
			],
			"attributes": {},
			"wrapupExpected": false,
			"messages": [
				{
					"id": "id-2",
					"state": "connected",
					"initialState": "connected",
					"direction": "inbound",
					"held": false,
					"connectedTime": "2026-01-05T09:00:00.000Z",
					"provider": "Inlay Messaging",
					"type": "sms",
					"fromAddress": {
						"name": "Carol",
						"nameRaw": "Carol",
						"addressNormalized": "+49305550101",
						"addressRaw": "+49305550101",
						"addressDisplayable": "+49305550101"
					},
					"toAddress": {
						"addressNormalized": "+4930555000",
						"addressRaw": "+4930555000",
						"addressDisplayable": "+4930555000"
					},
					"messages": [
						{
							"message": {
								"id": "m-1"
							},
							"messageStatus": "received",
							"messageTime": "2026-01-05T09:00:00.000Z"
						}
					],
					"afterCallWorkRequired": false,
					"peerId": "id-7"
				}
			]
		},
		{
			"id": "id-4",
			"purpose": "acd",
			"name": "Support",
			"connectedTime": "2026-01-05T09:00:10.000Z",
			"queueId": "support",
			"address": "+49305550101",
			"wrapupRequired": false,
			"mediaRoles": [
				"full"
			],
			"attributes": {},
			"endTime": "2026-01-05T09:00:20.000Z",
			"wrapupExpected": false,
			"conversationRoutingData": {
				"queue": {
					"id": "support"
				},
				"priority": 0,
				"skills": [],
				"scoredAgents": []
			},
			"messages": [
				{
					"id": "id-5",
					"state": "disconnected",
					"initialState": "connected",
					"direction": "inbound",
					"held": false,
					"connectedTime": "2026-01-05T09:00:10.000Z",
					"provider": "Inlay Messaging",
					"type": "sms",
					"fromAddress": {
						"name": "Carol",
						"nameRaw": "Carol",
						"addressNormalized": "+49305550101",
						"addressRaw": "+49305550101",
						"addressDisplayable": "+49305550101"
					},
					"toAddress": {
						"addressNormalized": "+4930555000",
						"addressRaw": "+4930555000",
						"addressDisplayable": "+4930555000"
					},
					"messages": [],
					"afterCallWorkRequired": false,
					"disconnectType": "transfer",
					"disconnectedTime": "2026-01-05T09:00:20.000Z",
					"peerId": "id-2"
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
			"connectedTime": "2026-01-05T09:00:20.000Z",
			"wrapupExpected": true,
			"conversationRoutingData": {
				"queue": {
					"id": "support"
				},
				"priority": 0,
				"skills": [],
				"scoredAgents": []
			},
			"messages": [
				{
					"id": "id-7",
					"state": "connected",
					"initialState": "alerting",
					"direction": "inbound",
					"held": false,
					"provider": "Inlay Messaging",
					"type": "sms",
					"fromAddress": {
						"name": "Carol",
						"nameRaw": "Carol",
						"addressNormalized": "+49305550101",
						"addressRaw": "+49305550101",
						"addressDisplayable": "+49305550101"
					},
					"toAddress": {
						"addressNormalized": "+4930555000",
						"addressRaw": "+4930555000",
						"addressDisplayable": "+4930555000"
					},
					"messages": [],
					"afterCallWorkRequired": true,
					"connectedTime": "2026-01-05T09:00:20.000Z",
					"peerId": "id-2"
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

# Anna writes
{
	"id": "id-3",
	"inlayStartTime": "2026-01-05T09:00:00.000Z",
	"maxParticipants": 6,
	"participants": [
		{
			"id": "id-1",
			"purpose": "customer",
			"name": "Carol",
			"connectedTime": "2026-01-05T09:00:00.000Z",
			"address": "+49305550101",
			"wrapupRequired": false,
			"mediaRoles": [
				"full"
			],
			"attributes": {},
			"wrapupExpected": false,
			"messages": [
				{
					"id": "id-2",
					"state": "connected",
					"initialState": "connected",
					"direction": "inbound",
					"held": false,
					"connectedTime": "2026-01-05T09:00:00.000Z",
					"provider": "Inlay Messaging",
					"type": "sms",
					"fromAddress": {
						"name": "Carol",
						"nameRaw": "Carol",
						"addressNormalized": "+49305550101",
						"addressRaw": "+49305550101",
						"addressDisplayable": "+49305550101"
					},
					"toAddress": {
						"addressNormalized": "+4930555000",
						"addressRaw": "+4930555000",
						"addressDisplayable": "+4930555000"
					},
					"messages": [
						{
							"message": {
								"id": "m-1"
							},
							"messageStatus": "received",
							"messageTime": "2026-01-05T09:00:00.000Z"
						}
					],
					"afterCallWorkRequired": false,
					"peerId": "id-7"
				}
			]
		},
		{
			"id": "id-4",
			"purpose": "acd",
			"name": "Support",
			"connectedTime": "2026-01-05T09:00:10.000Z",
			"queueId": "support",
			"address": "+49305550101",
			"wrapupRequired": false,
			"mediaRoles": [
				"full"
			],
			"attributes": {},
			"endTime": "2026-01-05T09:00:20.000Z",
			"wrapupExpected": false,
			"conversationRoutingData": {
				"queue": {
					"id": "support"
				},
				"priority": 0,
				"skills": [],
				"scoredAgents": []
			},
			"messages": [
				{
					"id": "id-5",
					"state": "disconnected",
					"initialState": "connected",
					"direction": "inbound",
					"held": false,
					"connectedTime": "2026-01-05T09:00:10.000Z",
					"provider": "Inlay Messaging",
					"type": "sms",
					"fromAddress": {
						"name": "Carol",
						"nameRaw": "Carol",
						"addressNormalized": "+49305550101",
						"addressRaw": "+49305550101",
						"addressDisplayable": "+49305550101"
					},
					"toAddress": {
						"addressNormalized": "+4930555000",
						"addressRaw": "+4930555000",
						"addressDisplayable": "+4930555000"
					},
					"messages": [],
					"afterCallWorkRequired": false,
					"disconnectType": "transfer",
					"disconnectedTime": "2026-01-05T09:00:20.000Z",
					"peerId": "id-2"
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
			"connectedTime": "2026-01-05T09:00:20.000Z",
			"wrapupExpected": true,
			"conversationRoutingData": {
				"queue": {
					"id": "support"
				},
				"priority": 0,
				"skills": [],
				"scoredAgents": []
			},
			"messages": [
				{
					"id": "id-7",
					"state": "connected",
					"initialState": "alerting",
					"direction": "inbound",
					"held": false,
					"provider": "Inlay Messaging",
					"type": "sms",
					"fromAddress": {
						"name": "Carol",
						"nameRaw": "Carol",
						"addressNormalized": "+49305550101",
						"addressRaw": "+49305550101",
						"addressDisplayable": "+49305550101"
					},
					"toAddress": {
						"addressNormalized": "+4930555000",
						"addressRaw": "+4930555000",
						"addressDisplayable": "+4930555000"
					},
					"messages": [
						{
							"message": {
								"id": "m-2"
							},
							"messageStatus": "sent",
							"messageTime": "2026-01-05T09:00:00.000Z"
						}
					],
					"afterCallWorkRequired": true,
					"connectedTime": "2026-01-05T09:00:20.000Z",
					"peerId": "id-2"
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

# the customer writes
{
	"id": "id-3",
	"inlayStartTime": "2026-01-05T09:00:00.000Z",
	"maxParticipants": 6,
	"participants": [
		{
			"id": "id-1",
			"purpose": "customer",
			"name": "Carol",
			"connectedTime": "2026-01-05T09:00:00.000Z",
			"address": "+49305550101",
			"wrapupRequired": false,
			"mediaRoles": [
				"full"
			],
			"attributes": {},
			"wrapupExpected": false,
			"messages": [
				{
					"id": "id-2",
					"state": "connected",
					"initialState": "connected",
					"direction": "inbound",
					"held": false,
					"connectedTime": "2026-01-05T09:00:00.000Z",
					"provider": "Inlay Messaging",
					"type": "sms",
					"fromAddress": {
						"name": "Carol",
						"nameRaw": "Carol",
						"addressNormalized": "+49305550101",
						"addressRaw": "+49305550101",
						"addressDisplayable": "+49305550101"
					},
					"toAddress": {
						"addressNormalized": "+4930555000",
						"addressRaw": "+4930555000",
						"addressDisplayable": "+4930555000"
					},
					"messages": [
						{
							"message": {
								"id": "m-1"
							},
							"messageStatus": "received",
							"messageTime": "2026-01-05T09:00:00.000Z"
						},
						{
							"message": {
								"id": "m-3"
							},
							"messageStatus": "received",
							"messageTime": "2026-01-05T09:00:00.000Z"
						}
					],
					"afterCallWorkRequired": false,
					"peerId": "id-7"
				}
			]
		},
		{
			"id": "id-4",
			"purpose": "acd",
			"name": "Support",
			"connectedTime": "2026-01-05T09:00:10.000Z",
			"queueId": "support",
			"address": "+49305550101",
			"wrapupRequired": false,
			"mediaRoles": [
				"full"
			],
			"attributes": {},
			"endTime": "2026-01-05T09:00:20.000Z",
			"wrapupExpected": false,
			"conversationRoutingData": {
				"queue": {
					"id": "support"
				},
				"priority": 0,
				"skills": [],
				"scoredAgents": []
			},
			"messages": [
				{
					"id": "id-5",
					"state": "disconnected",
					"initialState": "connected",
					"direction": "inbound",
					"held": false,
					"connectedTime": "2026-01-05T09:00:10.000Z",
					"provider": "Inlay Messaging",
					"type": "sms",
					"fromAddress": {
						"name": "Carol",
						"nameRaw": "Carol",
						"addressNormalized": "+49305550101",
						"addressRaw": "+49305550101",
						"addressDisplayable": "+49305550101"
					},
					"toAddress": {
						"addressNormalized": "+4930555000",
						"addressRaw": "+4930555000",
						"addressDisplayable": "+4930555000"
					},
					"messages": [],
					"afterCallWorkRequired": false,
					"disconnectType": "transfer",
					"disconnectedTime": "2026-01-05T09:00:20.000Z",
					"peerId": "id-2"
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
			"connectedTime": "2026-01-05T09:00:20.000Z",
			"wrapupExpected": true,
			"conversationRoutingData": {
				"queue": {
					"id": "support"
				},
				"priority": 0,
				"skills": [],
				"scoredAgents": []
			},
			"messages": [
				{
					"id": "id-7",
					"state": "connected",
					"initialState": "alerting",
					"direction": "inbound",
					"held": false,
					"provider": "Inlay Messaging",
					"type": "sms",
					"fromAddress": {
						"name": "Carol",
						"nameRaw": "Carol",
						"addressNormalized": "+49305550101",
						"addressRaw": "+49305550101",
						"addressDisplayable": "+49305550101"
					},
					"toAddress": {
						"addressNormalized": "+4930555000",
						"addressRaw": "+4930555000",
						"addressDisplayable": "+4930555000"
					},
					"messages": [
						{
							"message": {
								"id": "m-2"
							},
							"messageStatus": "sent",
							"messageTime": "2026-01-05T09:00:00.000Z"
						}
					],
					"afterCallWorkRequired": true,
					"connectedTime": "2026-01-05T09:00:20.000Z",
					"peerId": "id-2"
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

# Anna is done
{
	"id": "id-3",
	"inlayStartTime": "2026-01-05T09:00:00.000Z",
	"maxParticipants": 6,
	"participants": [
		{
			"id": "id-1",
			"purpose": "customer",
			"name": "Carol",
			"connectedTime": "2026-01-05T09:00:00.000Z",
			"address": "+49305550101",
			"wrapupRequired": false,
			"mediaRoles": [
				"full"
			],
			"attributes": {},
			"endTime": "2026-01-05T09:00:35.000Z",
			"wrapupExpected": false,
			"messages": [
				{
					"id": "id-2",
					"state": "disconnected",
					"initialState": "connected",
					"direction": "inbound",
					"held": false,
					"connectedTime": "2026-01-05T09:00:00.000Z",
					"provider": "Inlay Messaging",
					"type": "sms",
					"fromAddress": {
						"name": "Carol",
						"nameRaw": "Carol",
						"addressNormalized": "+49305550101",
						"addressRaw": "+49305550101",
						"addressDisplayable": "+49305550101"
					},
					"toAddress": {
						"addressNormalized": "+4930555000",
						"addressRaw": "+4930555000",
						"addressDisplayable": "+4930555000"
					},
					"messages": [
						{
							"message": {
								"id": "m-1"
							},
							"messageStatus": "received",
							"messageTime": "2026-01-05T09:00:00.000Z"
						},
						{
							"message": {
								"id": "m-3"
							},
							"messageStatus": "received",
							"messageTime": "2026-01-05T09:00:00.000Z"
						}
					],
					"afterCallWorkRequired": false,
					"disconnectType": "peer",
					"disconnectedTime": "2026-01-05T09:00:35.000Z",
					"peerId": "id-7"
				}
			]
		},
		{
			"id": "id-4",
			"purpose": "acd",
			"name": "Support",
			"connectedTime": "2026-01-05T09:00:10.000Z",
			"queueId": "support",
			"address": "+49305550101",
			"wrapupRequired": false,
			"mediaRoles": [
				"full"
			],
			"attributes": {},
			"endTime": "2026-01-05T09:00:20.000Z",
			"wrapupExpected": false,
			"conversationRoutingData": {
				"queue": {
					"id": "support"
				},
				"priority": 0,
				"skills": [],
				"scoredAgents": []
			},
			"messages": [
				{
					"id": "id-5",
					"state": "disconnected",
					"initialState": "connected",
					"direction": "inbound",
					"held": false,
					"connectedTime": "2026-01-05T09:00:10.000Z",
					"provider": "Inlay Messaging",
					"type": "sms",
					"fromAddress": {
						"name": "Carol",
						"nameRaw": "Carol",
						"addressNormalized": "+49305550101",
						"addressRaw": "+49305550101",
						"addressDisplayable": "+49305550101"
					},
					"toAddress": {
						"addressNormalized": "+4930555000",
						"addressRaw": "+4930555000",
						"addressDisplayable": "+4930555000"
					},
					"messages": [],
					"afterCallWorkRequired": false,
					"disconnectType": "transfer",
					"disconnectedTime": "2026-01-05T09:00:20.000Z",
					"peerId": "id-2"
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
			"connectedTime": "2026-01-05T09:00:20.000Z",
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
			"messages": [
				{
					"id": "id-7",
					"state": "disconnected",
					"initialState": "alerting",
					"direction": "inbound",
					"held": false,
					"provider": "Inlay Messaging",
					"type": "sms",
					"fromAddress": {
						"name": "Carol",
						"nameRaw": "Carol",
						"addressNormalized": "+49305550101",
						"addressRaw": "+49305550101",
						"addressDisplayable": "+49305550101"
					},
					"toAddress": {
						"addressNormalized": "+4930555000",
						"addressRaw": "+4930555000",
						"addressDisplayable": "+4930555000"
					},
					"messages": [
						{
							"message": {
								"id": "m-2"
							},
							"messageStatus": "sent",
							"messageTime": "2026-01-05T09:00:00.000Z"
						}
					],
					"afterCallWorkRequired": true,
					"connectedTime": "2026-01-05T09:00:20.000Z",
					"disconnectType": "client",
					"disconnectedTime": "2026-01-05T09:00:35.000Z",
					"afterCallWork": {
						"state": "pending",
						"startTime": "2026-01-05T09:00:35.000Z"
					},
					"peerId": "id-2"
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
			"connectedTime": "2026-01-05T09:00:00.000Z",
			"address": "+49305550101",
			"wrapupRequired": false,
			"mediaRoles": [
				"full"
			],
			"attributes": {},
			"endTime": "2026-01-05T09:00:35.000Z",
			"wrapupExpected": false,
			"messages": [
				{
					"id": "id-2",
					"state": "disconnected",
					"initialState": "connected",
					"direction": "inbound",
					"held": false,
					"connectedTime": "2026-01-05T09:00:00.000Z",
					"provider": "Inlay Messaging",
					"type": "sms",
					"fromAddress": {
						"name": "Carol",
						"nameRaw": "Carol",
						"addressNormalized": "+49305550101",
						"addressRaw": "+49305550101",
						"addressDisplayable": "+49305550101"
					},
					"toAddress": {
						"addressNormalized": "+4930555000",
						"addressRaw": "+4930555000",
						"addressDisplayable": "+4930555000"
					},
					"messages": [
						{
							"message": {
								"id": "m-1"
							},
							"messageStatus": "received",
							"messageTime": "2026-01-05T09:00:00.000Z"
						},
						{
							"message": {
								"id": "m-3"
							},
							"messageStatus": "received",
							"messageTime": "2026-01-05T09:00:00.000Z"
						}
					],
					"afterCallWorkRequired": false,
					"disconnectType": "peer",
					"disconnectedTime": "2026-01-05T09:00:35.000Z",
					"peerId": "id-7"
				}
			]
		},
		{
			"id": "id-4",
			"purpose": "acd",
			"name": "Support",
			"connectedTime": "2026-01-05T09:00:10.000Z",
			"queueId": "support",
			"address": "+49305550101",
			"wrapupRequired": false,
			"mediaRoles": [
				"full"
			],
			"attributes": {},
			"endTime": "2026-01-05T09:00:20.000Z",
			"wrapupExpected": false,
			"conversationRoutingData": {
				"queue": {
					"id": "support"
				},
				"priority": 0,
				"skills": [],
				"scoredAgents": []
			},
			"messages": [
				{
					"id": "id-5",
					"state": "disconnected",
					"initialState": "connected",
					"direction": "inbound",
					"held": false,
					"connectedTime": "2026-01-05T09:00:10.000Z",
					"provider": "Inlay Messaging",
					"type": "sms",
					"fromAddress": {
						"name": "Carol",
						"nameRaw": "Carol",
						"addressNormalized": "+49305550101",
						"addressRaw": "+49305550101",
						"addressDisplayable": "+49305550101"
					},
					"toAddress": {
						"addressNormalized": "+4930555000",
						"addressRaw": "+4930555000",
						"addressDisplayable": "+4930555000"
					},
					"messages": [],
					"afterCallWorkRequired": false,
					"disconnectType": "transfer",
					"disconnectedTime": "2026-01-05T09:00:20.000Z",
					"peerId": "id-2"
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
			"connectedTime": "2026-01-05T09:00:20.000Z",
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
			"messages": [
				{
					"id": "id-7",
					"state": "disconnected",
					"initialState": "alerting",
					"direction": "inbound",
					"held": false,
					"provider": "Inlay Messaging",
					"type": "sms",
					"fromAddress": {
						"name": "Carol",
						"nameRaw": "Carol",
						"addressNormalized": "+49305550101",
						"addressRaw": "+49305550101",
						"addressDisplayable": "+49305550101"
					},
					"toAddress": {
						"addressNormalized": "+4930555000",
						"addressRaw": "+4930555000",
						"addressDisplayable": "+4930555000"
					},
					"messages": [
						{
							"message": {
								"id": "m-2"
							},
							"messageStatus": "sent",
							"messageTime": "2026-01-05T09:00:00.000Z"
						}
					],
					"afterCallWorkRequired": false,
					"connectedTime": "2026-01-05T09:00:20.000Z",
					"disconnectType": "client",
					"disconnectedTime": "2026-01-05T09:00:35.000Z",
					"afterCallWork": {
						"state": "complete",
						"startTime": "2026-01-05T09:00:35.000Z",
						"endTime": "2026-01-05T09:00:40.000Z"
					},
					"peerId": "id-2",
					"wrapup": {
						"code": "solved",
						"name": "Solved",
						"notes": "All well",
						"durationSeconds": 5,
						"endTime": "2026-01-05T09:00:40.000Z"
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
