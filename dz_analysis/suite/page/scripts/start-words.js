"use strict";
dz.words.start();
