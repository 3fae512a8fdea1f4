int oh_x;
