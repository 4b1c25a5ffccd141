;(function(){var f={config:{name:"min",clientIds:{"mypurecloud.jp":"j"},customInteractionAttributes:["a"],settings:{enableCallLogs:!0,display:{interactionDetails:{call:["framework.DisplayAddress","call.QueueName"]}}}},
initialSetup:function(){var p=window.PureCloud;p.User.setView({type:"main",view:{name:"interactionList"}});p.User.Notification.setAudioConfiguration({call:!0,chat:!1})},
screenPop:function(a,b){a&&window.open("https://x.example/?q="+encodeURIComponent(a),b.id)},
processCallLog:function(l,i,e,s,f){var x=new XMLHttpRequest;x.open("POST","https://x.example/l");x.onload=function(){200===x.status?s({id:JSON.parse(x.responseText).id}):f()};x.onerror=function(){f()};x.send(JSON.stringify(l))}};window.Framework=f})();
