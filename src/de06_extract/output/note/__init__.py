"""The note «PHIẾU RÀ SOÁT SỐ LIỆU» that is signed, sent and answered: what stands on it, and its forms."""
