"use strict";
dz.search.start();
