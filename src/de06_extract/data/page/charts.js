"use strict";
const Charts = { show() {} };
