Framework = { config: { name: "tiny", clientIds: { "mypurecloud.jp": "x" } } };
