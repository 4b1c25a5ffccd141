"use strict";
var __assign = (this && this.__assign) || function () {
    __assign = Object.assign || function(t) {
        for (var s, i = 1, n = arguments.length; i < n; i++) {
            s = arguments[i];
            for (var p in s) if (Object.prototype.hasOwnProperty.call(s, p))
                t[p] = s[p];
        }
        return t;
    };
    return __assign.apply(this, arguments);
};
var __awaiter = (this && this.__awaiter) || function (thisArg, _arguments, P, generator) {
    return new (P || (P = Promise))(function (resolve, reject) {
        function step(result) { result.done ? resolve(result.value) : Promise.resolve(result.value).then(fulfilled, reject); }
        function fulfilled(value) { try { step(generator.next(value)); } catch (e) { reject(e); } }
        step((generator = generator.apply(thisArg, _arguments || [])).next());
    });
};
(function () {
    function defineFramework(script, place) {
        if (place === void 0) { place = globalThis; }
        place.Framework = script;
        return script;
    }
    var base = { embedWebRTCByDefault: true };
    defineFramework({
        config: { name: "Acme", clientIds: {}, settings: __assign(__assign({}, base), { enableCallLogs: true }) },
        processCallLog: function (callLog, interaction, eventName, onSuccess, onFailure) {
            return __awaiter(this, void 0, void 0, function* () {
                try {
                    const answer = yield fetch("https://crm.example.com/logs", { method: "POST", body: JSON.stringify(callLog) });
                    onSuccess({ id: (yield answer.json()).id });
                }
                catch (_a) {
                    onFailure();
                }
            });
        },
    });
})();
