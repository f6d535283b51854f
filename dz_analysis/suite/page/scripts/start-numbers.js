"use strict";
dz.startNumbers();
